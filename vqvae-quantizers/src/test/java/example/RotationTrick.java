package example;

import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.vqvae.quantizers.GradientEstimator;

/** Turns and scales the gradient as z_e is turned and scaled to z_q (Fifty et al. 2024). */
public final class RotationTrick implements GradientEstimator {

  /** {@code quantizer.estimator.type = rotation}; there is nothing to set. */
  public record Settings() {}

  @Inject
  public RotationTrick() {}

  @Override
  public void estimate(FloatBuffer z, FloatBuffer q, FloatBuffer g, int dim) {
    for (int at = 0; at < z.capacity(); at += dim) {
      double x = Math.sqrt(dot(z, z, at, dim));
      double y = Math.max(Math.sqrt(dot(q, q, at, dim)), 1e-30);
      double vg = dot(q, g, at, dim) / y;
      double cosine = dot(z, q, at, dim) / (x * y);
      double w = cosine < 1e-9 - 1 ? 0 : (dot(z, g, at, dim) / x + vg) / (1 + cosine);
      for (int i = at; x > 0 && i < at + dim; i++) { // of a zero latent the gradient stays
        double turned = g.get(i) - w * (z.get(i) / x + q.get(i) / y) + 2 * vg * z.get(i) / x;
        g.put(i, (float) (y / x * turned));
      }
    }
  }

  private static double dot(FloatBuffer a, FloatBuffer b, int at, int dim) {
    return IntStream.range(at, at + dim).mapToDouble(i -> (double) a.get(i) * b.get(i)).sum();
  }
}
