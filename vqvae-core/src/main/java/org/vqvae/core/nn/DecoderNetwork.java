package org.vqvae.core.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.random.RandomStream;

/**
 * A decoder's network. Beside the latents it may look at the data itself, as an autoregressive
 * decoder does (teacher forcing), and at the examples' labels.
 */
public interface DecoderNetwork {

  List<Parameter> parameters();

  /**
   * Computes the parameters of the likelihood.
   *
   * @param latents z_q, {@code [N, ...latentGrid, codeDim]}
   * @param data x, {@code [N, ...grid, channels]}, for decoders that condition each value on those
   *     before it
   * @param labels the N examples' labels, null when the data has none
   * @return {@code [N, ...grid, parameters]}, overwritten by the next call
   */
  INDArray forward(INDArray latents, INDArray data, int @Nullable [] labels, Phase phase);

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
      INDArray latents, int @Nullable [] labels, Likelihood likelihood, RandomStream random) {
    INDArray noData = Nd4j.empty(latents.dataType());
    return likelihood.mean(forward(latents, noData, labels, Phase.EVAL));
  }

  /** How many classes the labels tell apart; 0 if it pays no heed to labels. */
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
      public INDArray forward(
          INDArray latents, INDArray data, int @Nullable [] labels, Phase phase) {
        return block.forward(latents, phase);
      }

      @Override
      public INDArray backward(INDArray gradient) {
        return block.backward(gradient);
      }
    };
  }
}
