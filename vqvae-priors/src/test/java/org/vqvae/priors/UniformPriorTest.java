package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.testing.PriorContract;

class UniformPriorTest extends PriorContract {

  @Override
  protected Prior prior(Kernels kernels) {
    return new UniformPrior();
  }

  @Override
  protected boolean looksBack() {
    return false;
  }

  @Override
  protected boolean conditional() {
    return false;
  }

  @Test
  void every_code_costs_the_logarithm_of_the_codebook_size() {
    CodeSpace space = new CodeSpace(512, new Grid(2));
    PriorNetwork network = new UniformPrior().build(space, 0);
    int[] codes = {3, 511};
    double nats =
        new CodeLoss(new NativeKernels()).nats(network.logits(codes, null, Phase.EVAL), codes);
    assertThat(nats).isCloseTo(space.uniformNats(), within(1e-6));
  }
}
