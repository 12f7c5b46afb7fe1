package org.vqvae.core.probe;

import java.util.Arrays;

/**
 * A linear classifier that sees how often each code occurs in an example, and not where:
 * multinomial logistic regression on histograms.
 *
 * <p>Alain and Bengio 2016, <a href="https://arxiv.org/abs/1610.01644">linear classifier
 * probes</a>. An example's feature k is the share of code k among its codes over the standard
 * deviation of that share in the training set. Minimises {@code mean -ln softmax(b + W x)[label] +
 * penalty / 2 |W|^2}, convex, from 0 on, by {@link Lbfgs}: the same data gives the same probe.
 */
public final class LinearProbe {
  private static final int ITERATIONS = 200;

  private final int classes;
  private final double[] scales;

  /** W {@code [K, classes]}, then b {@code [classes]}. */
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
  public static LinearProbe fit(LabelledCodes training, int classes, double penalty) {
    double[] scales = scales(training);
    double[] start = new double[(training.codebookSize() + 1) * classes];
    double[] weights =
        Lbfgs.minimize(
            (at, gradient) ->
                new LinearProbe(classes, scales, at).loss(training, penalty, gradient),
            start,
            ITERATIONS);
    return new LinearProbe(classes, scales, weights);
  }

  /** The part of the examples whose label it tells. */
  public double accuracy(LabelledCodes examples) {
    double[] scores = new double[classes];
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      score(examples, i, scores);
      right += argmax(scores) == examples.labels()[i] ? 1 : 0;
    }
    return (double) right / examples.size();
  }

  /** What one occurrence of each code adds to its feature: 1 / (positions x deviation). */
  private static double[] scales(LabelledCodes training) {
    int k = training.codebookSize();
    int positions = training.positions();
    double[] sum = new double[k];
    double[] squares = new double[k];
    int[] counts = new int[k];
    for (int i = 0; i < training.size(); i++) {
      for (int at = i * positions; at < (i + 1) * positions; at++) {
        int code = training.codes()[at];
        // the squares grow by (n + 1)^2 - n^2
        squares[code] += 2 * counts[code]++ + 1;
        sum[code]++;
      }
      Arrays.fill(counts, 0);
    }
    double[] scales = new double[k];
    for (int code = 0; code < k; code++) {
      double mean = sum[code] / training.size();
      double variance = squares[code] / training.size() - mean * mean;
      // a code that is in every example as often, or in none, says nothing
      scales[code] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
    }
    return scales;
  }

  /** The loss at {@link #weights}; sets its gradient. */
  private double loss(LabelledCodes training, double penalty, double[] gradient) {
    Arrays.fill(gradient, 0);
    double[] scores = new double[classes];
    double loss = 0;
    for (int i = 0; i < training.size(); i++) {
      int label = training.labels()[i];
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

  private void score(LabelledCodes examples, int example, double[] scores) {
    System.arraycopy(weights, scales.length * classes, scores, 0, classes);
    int positions = examples.positions();
    for (int at = example * positions; at < (example + 1) * positions; at++) {
      int code = examples.codes()[at];
      for (int c = 0; c < classes; c++) {
        scores[c] += scales[code] * weights[code * classes + c];
      }
    }
  }

  private void addGradient(
      LabelledCodes examples, int example, double[] slopes, double[] gradient) {
    int positions = examples.positions();
    for (int at = example * positions; at < (example + 1) * positions; at++) {
      int code = examples.codes()[at];
      for (int c = 0; c < classes; c++) {
        gradient[code * classes + c] += scales[code] * slopes[c];
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
