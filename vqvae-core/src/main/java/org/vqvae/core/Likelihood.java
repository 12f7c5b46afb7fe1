package org.vqvae.core;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The distribution p(x | z_q) whose parameters a decoder computes, and the reconstruction loss that
 * follows.
 */
public interface Likelihood {

  /** How many values the decoder computes for each position of data with that many channels. */
  int parameters(int channels);

  /**
   * The negative log-likelihood in nats, averaged over every value of the batch.
   *
   * @param prediction the decoder's output {@code [N, ...grid, parameters]}
   * @param data {@code [N, ...grid, channels]}
   * @param gradient receives the loss's gradient with respect to {@code prediction}, in its shape
   * @return nats per value
   */
  double loss(INDArray prediction, INDArray data, INDArray gradient);

  /**
   * Adds the gradient of what training shall lessen beside the negative log-likelihood, such as a
   * distance of spectra; nothing unless a likelihood says otherwise.
   *
   * @param gradient as {@link #loss} left it
   * @return the penalty, which counts in no nats and no bits
   */
  default double addPenalty(INDArray prediction, INDArray data, INDArray gradient) {
    return 0;
  }

  /**
   * Looks, before anything is trained, whether such data can be trained on.
   *
   * @throws IncompatibleException if not, such as for examples shorter than a window of the penalty
   */
  default void checkTrains(DataSpec data) {}

  /**
   * Whether {@link #loss} is of a density, so that bits depend on how far the data's levels lie
   * apart; otherwise it is of the probability of the value's level.
   */
  default boolean isDensity() {
    return true;
  }

  /**
   * The data {@code [N, ...grid, channels]} that the prediction stands for, such as its mean; a new
   * array.
   */
  INDArray mean(INDArray prediction);

  /**
   * This likelihood with its free scale, if it has one, set to what validation data showed: the
   * fair way to state bits.
   *
   * @param meanSquaredError of the mean, over all values of the validation split
   */
  default Likelihood calibrated(double meanSquaredError) {
    return this;
  }
}
