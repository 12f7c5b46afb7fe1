package org.vqvae.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * A convolution that copies its input into a frame of zeros and leaves the rest to a convolution
 * without padding. The frame is exactly as large as the kernel reaches, whatever the padding on
 * each side.
 */
final class PaddedMap implements LinearMap {
  private final ConvolutionSpec spec;
  private final LinearMap unpadded;
  private final INDArray frame;
  private final INDArray frameInside;

  /**
   * @param spec the convolution with padding
   * @param unpadded the convolution of the frame, see {@link #frameSpec}
   */
  PaddedMap(ConvolutionSpec spec, LinearMap unpadded) {
    this.spec = spec;
    this.unpadded = unpadded;
    ConvolutionSpec framed = frameSpec(spec);
    frame =
        Nd4j.zeros(spec.type(), spec.batch(), framed.height(), framed.width(), spec.inChannels());
    Window window = spec.window();
    frameInside = Views.window(frame, window.padTop(), window.padLeft(), 1, 1, rows(), columns());
  }

  /** The convolution without padding that reads no more than it needs. */
  static ConvolutionSpec frameSpec(ConvolutionSpec spec) {
    Window w = spec.window();
    return new ConvolutionSpec(
        spec.type(),
        spec.batch(),
        reach(spec.outHeight(), w.strideHeight(), w.kernelHeight(), w.dilationHeight()),
        reach(spec.outWidth(), w.strideWidth(), w.kernelWidth(), w.dilationWidth()),
        spec.inChannels(),
        spec.outChannels(),
        new Window(
            w.kernelHeight(),
            w.kernelWidth(),
            w.strideHeight(),
            w.strideWidth(),
            0,
            0,
            0,
            0,
            w.dilationHeight(),
            w.dilationWidth()),
        spec.epilogue());
  }

  private static int reach(int out, int stride, int kernel, int dilation) {
    return (out - 1) * stride + (kernel - 1) * dilation + 1;
  }

  /** How many rows of the input the kernel sees: the last ones may lie beyond its last step. */
  private int rows() {
    return (int) Math.min(spec.height(), frame.size(1) - spec.window().padTop());
  }

  private int columns() {
    return (int) Math.min(spec.width(), frame.size(2) - spec.window().padLeft());
  }

  private INDArray seen(INDArray x) {
    return Views.window(x, 0, 0, 1, 1, rows(), columns());
  }

  @Override
  public void apply(INDArray x, INDArray w, INDArray y) {
    fill(x);
    unpadded.apply(frame, w, y);
  }

  @Override
  public void applyTransposed(INDArray y, INDArray w, INDArray x) {
    unpadded.applyTransposed(y, w, frame);
    x.assign(0);
    seen(x).assign(frameInside);
  }

  @Override
  public void weightGradient(INDArray x, INDArray y, INDArray wGradient) {
    fill(x);
    unpadded.weightGradient(frame, y, wGradient);
  }

  private void fill(INDArray x) {
    frame.assign(0);
    frameInside.assign(seen(x));
  }

  @Override
  public void close() {
    unpadded.close();
    if (frame.closeable()) {
      frame.close();
    }
  }
}
