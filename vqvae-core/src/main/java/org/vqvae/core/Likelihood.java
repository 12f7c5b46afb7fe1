package org.vqvae.core;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The distribution p(x | z) whose parameters a decoder computes, and the reconstruction loss that
 * follows. One has buffers of its own, so it serves one network.
 */
public interface Likelihood {

  /** How many values the decoder computes for each position of data with that many channels. */
  int parameters(int channels);

  /**
   * The loss of a prediction and its gradient.
   *
   * @param prediction the decoder's output {@code [N, ...grid, parameters]}
   * @param data {@code [N, ...grid, channels]}
   */
  Scored score(INDArray prediction, INDArray data);

  /**
   * A loss and how to lessen it.
   *
   * @param terms {@code nll} first, the negative log-likelihood in nats per value; then what
   *     training lessens beside it, such as a distance of spectra
   * @param gradient of the sum of the weighted terms with respect to the prediction, in its shape;
   *     overwritten by the next call
   */
  record Scored(List<Term> terms, INDArray gradient) {
    public Scored {
      terms = List.copyOf(terms);
    }
  }

  /** The term of a negative log-likelihood. */
  static Term nll(double natsPerValue) {
    return new Term("nll", Unit.NATS_PER_VALUE, natsPerValue, 1);
  }

  /**
   * The negative log-likelihood alone, in nats, averaged over every value: the first term of {@link
   * #score}.
   */
  double nats(INDArray prediction, INDArray data);

  /**
   * Looks, before anything is trained, whether such data can be trained on.
   *
   * @throws IncompatibleException if not, such as for examples shorter than a window of the penalty
   */
  default void checkTrains(DataSpec data) {}

  /**
   * Whether {@link #nats} is of a density, so that bits depend on how far the data's levels lie
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

  /** Figures that say which distribution it is, such as its variance, by name. */
  default Map<String, Double> figures() {
    return Map.of();
  }
}
