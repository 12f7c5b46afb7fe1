package org.vqvae.quantizers;

import org.junit.jupiter.api.Nested;
import org.vqvae.core.Quantizer;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.QuantizerContract;

/** The contract, for every way to start a codebook and to treat dead codes. */
class NearestQuantizerContractTest {

  private static Quantizer nearest(
      long seed, CodebookInitializer initializer, DeadCodePolicy deadCodes) {
    return new NearestQuantizer(
        new NearestQuantizer.Settings(8, 3, 0.25),
        initializer,
        deadCodes,
        Given.KERNELS,
        new RandomStreams(seed));
  }

  @Nested
  class Plain extends QuantizerContract {
    @Override
    protected Quantizer create(long seed) {
      return nearest(seed, Given.NORMAL, Given.KEEP);
    }
  }

  @Nested
  class WithRestarts extends QuantizerContract {
    @Override
    protected Quantizer create(long seed) {
      return nearest(seed, Given.UNIFORM, Given.restart(0.5));
    }
  }

  @Nested
  class FittedByKMeans extends QuantizerContract {
    @Override
    protected Quantizer create(long seed) {
      return nearest(seed, Given.kMeans(2, 3), Given.KEEP);
    }
  }

  @Nested
  class StillBeingFitted extends QuantizerContract {
    @Override
    protected Quantizer create(long seed) {
      return nearest(seed, Given.kMeans(100, 3), Given.KEEP);
    }
  }
}
