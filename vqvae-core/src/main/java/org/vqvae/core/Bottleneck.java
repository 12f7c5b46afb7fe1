package org.vqvae.core;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.Parameterized;

/**
 * What stands between encoder and decoder: a {@link Quantizer}, a {@link VariationalBottleneck}, or
 * another map of latents to what the decoder gets.
 *
 * <p>An implementation is a plain object. Whatever it lists in {@link #parameters()} is trained,
 * saved and resumed with the rest. A step of training calls {@link #apply}, perhaps on parts of the
 * batch, then changes the learned parameters, then calls {@link #update} once.
 */
public interface Bottleneck extends Parameterized {

  /** The length of a latent as it wants it from the encoder: D; 2 D of a Gaussian. */
  int inputDim();

  /** The length of what it gives the decoder for a latent. */
  int outputDim();

  /** What it learns or keeps: a codebook trained by gradient, or state such as moving averages. */
  @Override
  List<Parameter> parameters();

  /** Whether it must see the latents of the next training batch before they are mapped. */
  default boolean isObserving() {
    return false;
  }

  /**
   * Sees latents of a whole training batch before they are mapped, as the k-means start of a
   * codebook wants; called while {@link #isObserving()}.
   *
   * @param latents {@code [N, ..., inputDim]}
   */
  default void observe(INDArray latents) {}

  /**
   * Maps latents. Changes nothing, not even in training: applied twice, it gives the same.
   *
   * @param latents z_e, {@code [N, ..., inputDim]}: M rows, those of an example side by side; not
   *     changed by anybody until the gradient has been pulled back
   */
  Bottled apply(INDArray latents, Phase phase);

  /**
   * Learns from a step, once the learned parameters have been changed: moving averages, usage,
   * restarts of dead codes.
   *
   * @param batch the statistics of the whole batch
   */
  default void update(Statistics batch) {}

  /**
   * Figures of a whole set, such as active units, by name.
   *
   * @param set the sum of the statistics of {@link Phase#EVAL} passes over it
   */
  default Map<String, Double> figures(Statistics set) {
    return Map.of();
  }
}
