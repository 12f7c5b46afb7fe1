package org.vqvae.audio.spectrum;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;

/**
 * One window length of {@link SpectralLoss}: magnitudes by products with cosines and sines under a
 * Hann window, which are matrix products, as is their gradient.
 *
 * <p>Frames begin a quarter of a window apart and lie within the sound. Magnitudes are {@code
 * sqrt(re^2 + im^2 + floor^2)}, scaled so that white noise of variance 1 has a mean power of 1.
 */
final class SpectralScale {
  private static final int OVERLAP = 4;
  private static final double FLOOR = 1e-3;

  private final Kernels kernels;
  private final int window;
  private final int hop;
  private final Buffers buffers = new Buffers();

  SpectralScale(Kernels kernels, int window) {
    this.kernels = kernels;
    this.window = window;
    this.hop = window / OVERLAP;
  }

  /**
   * The distance of two batches of sound at this scale.
   *
   * @param prediction {@code [N, T]}, contiguous
   * @param data {@code [N, T]}, contiguous
   * @param weight of the gradient
   * @param gradient {@code [N, T]}, contiguous; {@code weight} times the distance's gradient with
   *     respect to the prediction is added to it
   */
  double distance(INDArray prediction, INDArray data, double weight, INDArray gradient) {
    INDArray re = transformed("re", prediction, true);
    INDArray im = transformed("im", prediction, false);
    INDArray made = magnitudes(re, im);
    INDArray wanted =
        magnitudes(transformed("data-re", data, true), transformed("data-im", data, false));
    INDArray difference = made.sub(wanted);
    INDArray logDifference = Transforms.log(made, true).subi(Transforms.log(wanted, false));
    double count = made.length();
    double distance = (magnitude(difference) + magnitude(logDifference)) / count;
    // d|ln a - ln b| / da = sign(a - b) / a, and da / d re = re / a
    INDArray slope = Transforms.sign(difference, false).muli(made.rdiv(1).addi(1)).divi(made);
    slope.muli(weight / count);
    addBack(re.muli(slope), im.muli(slope), gradient);
    return distance;
  }

  private static double magnitude(INDArray differences) {
    return differences.dataType() == DataType.DOUBLE
        ? differences.norm1Number().doubleValue()
        : FloatArrays.absoluteSum(differences);
  }

  private INDArray transformed(String name, INDArray sound, boolean cosine) {
    INDArray frames = frames(sound);
    INDArray result = buffers.get(name, sound.dataType(), frames.size(0), window / 2 + 1);
    kernels.matMul(frames, basis(sound.dataType(), cosine), result);
    return result;
  }

  /** {@code [N F, window]}, copied: a matrix product does not take rows that overlap. */
  private INDArray frames(INDArray sound) {
    long count = frameCount(sound);
    long[] shape = {sound.size(0), count, window};
    INDArray frames = buffers.get("frames", sound.dataType(), shape);
    frames.assign(view(sound, 0, shape));
    return frames.reshape(sound.size(0) * count, window);
  }

  private long frameCount(INDArray sound) {
    return (sound.size(1) - window) / hop + 1;
  }

  /** Stretches of a sound that begin a hop apart, {@code offset} samples on. */
  private INDArray view(INDArray sound, long offset, long... shape) {
    long[] strides = {sound.size(1), hop, 1};
    return Nd4j.create(sound.data(), shape, strides, sound.offset() + offset, 'c');
  }

  /** Adds the gradient of the spectra to that of the sound: products back, frame upon frame. */
  private void addBack(INDArray reGradient, INDArray imGradient, INDArray gradient) {
    DataType type = gradient.dataType();
    long count = frameCount(gradient);
    INDArray frames = buffers.get("frames", type, gradient.size(0), count, window);
    INDArray rows = frames.reshape(gradient.size(0) * count, window);
    kernels.matMul(reGradient, basis(type, true).transpose(), rows);
    kernels.addMatMul(imGradient, basis(type, false).transpose(), rows);
    for (int part = 0; part < OVERLAP; part++) {
      long[] shape = {gradient.size(0), count, hop};
      long[] strides = {count * window, window, 1};
      INDArray some =
          Nd4j.create(frames.data(), shape, strides, frames.offset() + (long) part * hop, 'c');
      view(gradient, (long) part * hop, shape).addi(some);
    }
  }

  private static INDArray magnitudes(INDArray re, INDArray im) {
    return Transforms.sqrt(re.mul(re).addi(im.mul(im)).addi(FLOOR * FLOOR), false);
  }

  /** {@code [window, window / 2 + 1]}: the Hann window times cosines, or sines. */
  private INDArray basis(DataType type, boolean cosine) {
    String name = cosine ? "cosines" : "sines";
    INDArray basis = buffers.get(name, type, window, window / 2 + 1);
    if (basis.maxNumber().doubleValue() == 0) {
      basis.assign(Nd4j.createFromArray(basis(window, cosine)).castTo(type));
    }
    return basis;
  }

  private static double[][] basis(int window, boolean cosine) {
    double[] hann = Stft.hann(window);
    double energy = 0;
    for (double weight : hann) {
      energy += weight * weight;
    }
    double[][] basis = new double[window][window / 2 + 1];
    for (int i = 0; i < window; i++) {
      for (int k = 0; k <= window / 2; k++) {
        double angle = 2 * Math.PI * ((long) i * k % window) / window;
        double wave = cosine ? Math.cos(angle) : Math.sin(angle);
        basis[i][k] = hann[i] * wave / Math.sqrt(energy);
      }
    }
    return basis;
  }
}
