package org.vqvae.core.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weighted sum of the gradients of parts, added in the order of the parts, whatever order they
 * come in. Whoever brings the next one adds it, and those that waited for it.
 */
final class GradientSum {
  private final INDArray sum;
  private final Map<Integer, Waiting> waiting = new HashMap<>();
  private final Deque<INDArray> free = new ArrayDeque<>();
  private int next;

  /** The gradient of a part that came too early. */
  private record Waiting(double weight, INDArray gradient) {}

  /**
   * An empty sum.
   *
   * @param like has the length and the type of the gradients
   */
  GradientSum(INDArray like) {
    sum = like.like();
  }

  /** Begins anew. */
  void clear() {
    waiting.values().forEach(part -> free.add(part.gradient));
    waiting.clear();
    next = 0;
  }

  /** Adds a part's gradient, which may be overwritten after that. */
  synchronized void add(int part, double weight, INDArray gradient) {
    if (part != next) {
      INDArray copy = free.isEmpty() ? gradient.like() : free.remove();
      waiting.put(part, new Waiting(weight, copy.assign(gradient)));
      return;
    }
    addNext(weight, gradient);
    for (Waiting held = waiting.remove(next); held != null; held = waiting.remove(next)) {
      addNext(held.weight, held.gradient);
      free.add(held.gradient);
    }
  }

  private void addNext(double weight, INDArray gradient) {
    if (next == 0) {
      gradient.muli(weight, sum);
    } else {
      Nd4j.getBlasWrapper().level1().axpy(gradient.length(), weight, gradient, sum);
    }
    next++;
  }

  /** The sum of all that were added. */
  INDArray sum() {
    return sum;
  }
}
