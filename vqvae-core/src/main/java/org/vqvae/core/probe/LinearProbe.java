package org.vqvae.core.probe;

import java.util.Arrays;

/**
 * A linear classifier: multinomial logistic regression.
 *
 * <p>Alain and Bengio 2016, <a href="https://arxiv.org/abs/1610.01644">linear classifier
 * probes</a>. x are an example's features over their standard deviations in the training set.
 * Minimises {@code mean -ln softmax(b + W x)[label] + penalty / 2 |W|^2}, convex, from 0 on, by
 * {@link Lbfgs}: the same data gives the same probe.
 */
public final class LinearProbe {
  private static final int ITERATIONS = 200;

  private final int classes;
  private final double[] scales;

  /** W {@code [features, classes]}, then b {@code [classes]}. */
  private final double[] weights;

  private LinearProbe(int classes, double[] scales, double[] weights) {
    this.classes = classes;
    this.scales = scales;
    this.weights = weights;
  }

  /**
   * Fits a probe.
   *
   * @param classes how many labels there are
   * @param penalty on the weights, above 0
   */
  public static LinearProbe fit(Observations training, int classes, double penalty) {
    double[] scales = scales(training);
    double[] start = new double[(training.features() + 1) * classes];
    double[] weights =
        Lbfgs.minimize(
            (at, gradient) ->
                new LinearProbe(classes, scales, at).loss(training, penalty, gradient),
            start,
            ITERATIONS);
    return new LinearProbe(classes, scales, weights);
  }

  /** The part of the examples whose label it tells. */
  public double accuracy(Observations examples) {
    if (examples.features() != scales.length) {
      throw new IllegalArgumentException(
          "examples of %d features cannot be told by a probe of %d"
              .formatted(examples.features(), scales.length));
    }
    double[] scores = new double[classes];
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      score(examples, i, scores);
      right += argmax(scores) == examples.label(i) ? 1 : 0;
    }
    return (double) right / examples.size();
  }

  /** 1 / deviation of each feature. */
  private static double[] scales(Observations training) {
    double[] sums = new double[training.features()];
    double[] squares = new double[training.features()];
    for (int i = 0; i < training.size(); i++) {
      int[] columns = training.columns(i);
      double[] values = training.values(i);
      for (int at = 0; at < columns.length; at++) {
        sums[columns[at]] += values[at];
        squares[columns[at]] += values[at] * values[at];
      }
    }
    double[] scales = new double[sums.length];
    for (int feature = 0; feature < scales.length; feature++) {
      double mean = sums[feature] / training.size();
      double square = squares[feature] / training.size();
      double variance = square - mean * mean;
      // what is the same in all examples, but for rounding, says nothing
      scales[feature] = variance > 1e-9 * square ? 1 / Math.sqrt(variance) : 0;
    }
    return scales;
  }

  /** The loss at {@link #weights}; sets its gradient. */
  private double loss(Observations training, double penalty, double[] gradient) {
    Arrays.fill(gradient, 0);
    double[] scores = new double[classes];
    double loss = 0;
    for (int i = 0; i < training.size(); i++) {
      int label = training.label(i);
      score(training, i, scores);
      loss -= logSoftmax(scores, label) / training.size();
      for (int c = 0; c < classes; c++) {
        scores[c] = (Math.exp(scores[c]) - (c == label ? 1 : 0)) / training.size();
      }
      addGradient(training, i, scores, gradient);
    }
    int biases = scales.length * classes;
    for (int w = 0; w < biases; w++) {
      loss += penalty / 2 * weights[w] * weights[w];
      gradient[w] += penalty * weights[w];
    }
    return loss;
  }

  private void score(Observations examples, int example, double[] scores) {
    System.arraycopy(weights, scales.length * classes, scores, 0, classes);
    int[] columns = examples.columns(example);
    double[] values = examples.values(example);
    for (int at = 0; at < columns.length; at++) {
      double x = scales[columns[at]] * values[at];
      for (int c = 0; c < classes; c++) {
        scores[c] += x * weights[columns[at] * classes + c];
      }
    }
  }

  private void addGradient(Observations examples, int example, double[] slopes, double[] gradient) {
    int[] columns = examples.columns(example);
    double[] values = examples.values(example);
    for (int at = 0; at < columns.length; at++) {
      double x = scales[columns[at]] * values[at];
      for (int c = 0; c < classes; c++) {
        gradient[columns[at] * classes + c] += x * slopes[c];
      }
    }
    for (int c = 0; c < classes; c++) {
      gradient[scales.length * classes + c] += slopes[c];
    }
  }

  /** Turns scores into logarithms of probabilities, in place; the result is that of the label. */
  private static double logSoftmax(double[] scores, int label) {
    double max = Arrays.stream(scores).max().orElseThrow();
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - max);
    }
    double log = max + Math.log(sum);
    for (int c = 0; c < scores.length; c++) {
      scores[c] -= log;
    }
    return scores[label];
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
