package org.vqvae.core.training;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Optimizer;
import org.vqvae.core.nn.Parameter;

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

  /** An optimizer at a constant rate, without decay and clipping. */
  public static Optimization of(Optimizer optimizer, double learningRate) {
    return new Optimization(optimizer, step -> learningRate, 0, 0);
  }

  /**
   * Changes parameters.
   *
   * @param rule {@link #optimizer} at work
   * @param values of all parameters, one flat vector of which theirs are views
   * @param gradient of the same length; overwritten
   * @param step the number of steps taken before
   */
  void step(
      Optimizer.Rule rule,
      List<Parameter> parameters,
      INDArray values,
      INDArray gradient,
      int step) {
    clip(gradient);
    rule.apply(gradient, step);
    decay(parameters, step);
    values.subi(gradient);
  }

  private void clip(INDArray gradient) {
    if (clipNorm > 0) {
      double norm = gradient.norm2Number().doubleValue();
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
