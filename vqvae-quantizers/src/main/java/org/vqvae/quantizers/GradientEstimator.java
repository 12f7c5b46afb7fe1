package org.vqvae.quantizers;

import java.nio.FloatBuffer;

/**
 * Estimates what a change of the latents does to a task, where the quantizer's own derivative is
 * zero almost everywhere.
 */
public interface GradientEstimator {

  /**
   * Turns the gradient of a task with respect to the values into that with respect to the latents,
   * in place. What the quantizer's own terms add comes on top of it.
   *
   * @param latents z_e, M rows of D; not to be changed
   * @param values what the decoder got for them, such as z_q, M rows of D; not to be changed
   * @param gradient d task / d values, M rows of D; becomes d task / d latents
   * @param dim D
   */
  void estimate(FloatBuffer latents, FloatBuffer values, FloatBuffer gradient, int dim);
}
