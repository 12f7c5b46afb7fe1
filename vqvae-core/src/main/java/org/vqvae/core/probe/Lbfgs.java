package org.vqvae.core.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function by limited-memory BFGS with backtracking.
 *
 * <p>Nocedal and Wright 2006, "Numerical optimization", algorithms 7.4 (two-loop recursion) and 3.1
 * (Armijo backtracking); pairs without positive curvature are left out.
 */
final class Lbfgs {
  private static final int MEMORY = 10;
  private static final double SUFFICIENT = 1e-4;
  private static final double SMALLEST_STEP = 1e-12;
  private static final double TOLERANCE = 1e-6;

  private Lbfgs() {}

  /** A function and its gradient. */
  interface Function {
    /** The value at a point; sets the gradient. */
    double at(double[] point, double[] gradient);
  }

  /** How the point and the gradient changed in one step. */
  private record Pair(double[] step, double[] change, double curvature) {}

  /** The point where it arrives, when the gradient is as good as 0 or after that many steps. */
  static double[] minimize(Function function, double[] start, int iterations) {
    double[] point = start.clone();
    double[] gradient = new double[point.length];
    double value = function.at(point, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int i = 0; i < iterations && dot(gradient, gradient) > TOLERANCE * TOLERANCE; i++) {
      double[] direction = direction(gradient, pairs);
      double slope = dot(gradient, direction);
      double[] next = new double[point.length];
      double[] nextGradient = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      double length = 2 * (pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1);
      while (!(nextValue <= value + SUFFICIENT * length * slope) && length > SMALLEST_STEP) {
        length /= 2;
        move(point, direction, length, next);
        nextValue = function.at(next, nextGradient);
      }
      if (!(nextValue < value)) {
        return point;
      }
      remember(pairs, difference(next, point), difference(nextGradient, gradient));
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return point;
  }

  /** Minus the approximate inverse Hessian times the gradient. */
  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = dot(pair.step, q) / pair.curvature;
      move(q, pair.change, -alphas[i++], q);
    }
    double scale = 1;
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getFirst();
      scale = newest.curvature / dot(newest.change, newest.change);
    }
    for (int j = 0; j < q.length; j++) {
      q[j] *= -scale;
    }
    Iterator<Pair> oldestFirst = pairs.descendingIterator();
    while (oldestFirst.hasNext()) {
      Pair pair = oldestFirst.next();
      // q is minus what the book calls r
      move(q, pair.step, -alphas[--i] - dot(pair.change, q) / pair.curvature, q);
    }
    return q;
  }

  private static void remember(Deque<Pair> pairs, double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature > 0) {
      pairs.addFirst(new Pair(step, change, curvature));
    }
    if (pairs.size() > MEMORY) {
      pairs.removeLast();
    }
  }

  private static void move(double[] from, double[] direction, double length, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i] + length * direction[i];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    move(a, b, -1, difference);
    return difference;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
