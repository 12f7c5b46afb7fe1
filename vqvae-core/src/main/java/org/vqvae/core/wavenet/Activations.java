package org.vqvae.core.wavenet;

/**
 * The activations in plain Java, for sampling: made of arithmetic alone, since {@link Math#tanh}
 * would cost more than the layers' products.
 */
final class Activations {
  /** Beyond it float's tanh is 1. */
  private static final float TANH_LIMIT = 9.1f;

  private Activations() {}

  /**
   * {@code z = tanh(first half of a) * sigmoid(second half)}; overwrites a. One simple loop after
   * another: those the compiler turns into vector instructions.
   */
  static void gate(float[] a, float[] z) {
    for (int i = z.length; i < a.length; i++) {
      a[i] *= 0.5f; // sigmoid(x) = (1 + tanh(x / 2)) / 2
    }
    for (int i = 0; i < a.length; i++) {
      a[i] = tanh(a[i]);
    }
    int half = z.length;
    for (int i = 0; i < half; i++) {
      z[i] = a[i] * (0.5f + 0.5f * a[half + i]);
    }
  }

  static void relu(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(x[i], 0);
    }
  }

  /**
   * tanh(x) within 3e-7: Lambert's continued fraction of tanh(x/2) = p/q, cut off after its seventh
   * term, and {@code tanh(2u) = 2 tanh(u) / (1 + tanh(u)^2)}.
   */
  static float tanh(float x) {
    float u = 0.5f * Math.max(-TANH_LIMIT, Math.min(TANH_LIMIT, x));
    float uu = u * u;
    float p = u * (135135 + uu * (17325 + uu * (378 + uu)));
    float q = 135135 + uu * (62370 + uu * (3150 + uu * 28));
    return 2 * p * q / (p * p + q * q);
  }
}
