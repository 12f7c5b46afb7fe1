package org.vqvae.core.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Condition;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.random.RandomStream;

/**
 * A decoder's network. Beside the latents it may look at the data itself, as an autoregressive
 * decoder does (teacher forcing), and at the examples' classes.
 */
public interface DecoderNetwork extends Parameterized {

  /**
   * Computes the parameters of the likelihood.
   *
   * @param latents z, {@code [N, ...latentGrid, latentDim]}
   * @param data x, {@code [N, ...grid, channels]}, for decoders that condition each value on those
   *     before it
   * @param condition the N examples' classes, if the data has any
   * @return {@code [N, ...grid, parameters]}, overwritten by the next call
   */
  INDArray forward(INDArray latents, INDArray data, Condition condition, Phase phase);

  /**
   * The gradient of the last forward pass with respect to the latents; sets that of every learned
   * parameter.
   */
  INDArray backward(INDArray gradient);

  /**
   * Data that latents stand for: of a one-pass decoder the likelihood's mean; a decoder that looks
   * at the data before each value draws value after value.
   *
   * @param likelihood whose parameters this network computes
   * @param random where all chance comes from
   * @return {@code [N, ...grid, channels]}, a new array
   */
  default INDArray generate(
      INDArray latents, Condition condition, Likelihood likelihood, RandomStream random) {
    INDArray noData = Nd4j.empty(latents.dataType());
    return likelihood.mean(forward(latents, noData, condition, Phase.EVAL));
  }

  /** How many classes it is conditioned on; 0 if it ignores them. */
  default int classes() {
    return 0;
  }

  /** A decoder that looks at the latents alone. */
  static DecoderNetwork of(Block block) {
    return new DecoderNetwork() {
      @Override
      public List<Parameter> parameters() {
        return block.parameters();
      }

      @Override
      public INDArray forward(INDArray latents, INDArray data, Condition condition, Phase phase) {
        return block.forward(latents, phase);
      }

      @Override
      public INDArray backward(INDArray gradient) {
        return block.backward(gradient);
      }
    };
  }
}
