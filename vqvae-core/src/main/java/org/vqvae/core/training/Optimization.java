package org.vqvae.core.training;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Optimizer;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;

/**
 * How a stage turns the gradient of a step into new parameters.
 *
 * @param optimizer the rule
 * @param rate the learning rate of each step, of the number of steps taken before
 * @param weightDecay the share, times the rate, by which parameters of two or more dimensions
 *     shrink at every step, apart from the gradient (Loshchilov and Hutter 2019, <a
 *     href="https://arxiv.org/abs/1711.05101">paper</a>, algorithm 2); 0: not at all
 * @param clipNorm the largest norm of the whole gradient, which is scaled down to it (Pascanu et
 *     al. 2013, <a href="https://arxiv.org/abs/1211.5063">paper</a>, algorithm 1); 0: any
 */
public record Optimization(
    Optimizer optimizer, LongToDoubleFunction rate, double weightDecay, double clipNorm) {

  /** The values of a range, which stay in the cache of a core. */
  static final long RANGE = 1 << 16;

  /** An optimizer at a constant rate, without decay and clipping. */
  public static Optimization of(Optimizer optimizer, double learningRate) {
    return new Optimization(optimizer, step -> learningRate, 0, 0);
  }

  /**
   * Changes parameters: clips the gradient, lets the rules make it the change of each range, and
   * decays.
   *
   * @param rules {@link #optimizer} at work on ranges of {@link #RANGE} values, or on all of them
   * @param workers share the ranges
   * @param gradient of all parameters; overwritten
   * @param step the number of steps taken before
   */
  void step(
      List<Optimizer.Rule> rules,
      ParameterVector vector,
      Workers workers,
      INDArray gradient,
      int step) {
    clip(gradient);
    decay(vector.parameters(), step);
    long all = gradient.length();
    long range = rules.size() == 1 ? all : RANGE;
    workers.run(
        rules.size(),
        (part, worker, progress) -> {
          long from = part * range;
          INDArray change = Ranges.of(gradient, from, Math.min(range, all - from));
          rules.get(part).apply(change, step);
          Ranges.of(vector.values(), from, change.length()).subi(change);
        });
  }

  private void clip(INDArray gradient) {
    if (clipNorm > 0) {
      double norm = Math.sqrt(FloatArrays.squaredSum(gradient));
      if (norm > clipNorm) {
        gradient.muli(clipNorm / norm);
      }
    }
  }

  private void decay(List<Parameter> parameters, int step) {
    if (weightDecay > 0) {
      double kept = 1 - rate.applyAsDouble(step) * weightDecay;
      parameters.stream()
          .filter(parameter -> parameter.isLearned() && parameter.shape().length > 1)
          .forEach(parameter -> parameter.value().muli(kept));
    }
  }
}
