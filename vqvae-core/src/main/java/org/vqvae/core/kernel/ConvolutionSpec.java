package org.vqvae.core.kernel;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * The shape of a convolution of {@code [batch, height, width, inChannels]}. Sound is a picture of
 * height 1.
 *
 * @param window kernel, stride, padding and dilation
 * @param epilogue what is done to the output before it is written
 */
public record ConvolutionSpec(
    DataType type,
    int batch,
    int height,
    int width,
    int inChannels,
    int outChannels,
    Window window,
    Epilogue epilogue) {

  /** What happens to {@code conv(x, w) + b} on its way to y. */
  public enum Epilogue {
    /** {@code y = conv(x, w) + b}. */
    NONE,
    /** {@code y = max(conv(x, w) + b, 0)}. */
    RELU,
    /** {@code y += conv(x, w) + b}: a residual connection. */
    ADD
  }

  /** Kernel size, stride, zero padding and dilation (1: none) in both directions. */
  public record Window(
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int padTop,
      int padLeft,
      int padBottom,
      int padRight,
      int dilationHeight,
      int dilationWidth) {

    /** A square kernel with equal padding on all sides. */
    public static Window square(int kernel, int stride, int padding) {
      return new Window(kernel, kernel, stride, stride, padding, padding, padding, padding, 1, 1);
    }

    /** A stride-1 kernel with padding of its own on each side. */
    public static Window padded(
        int kernelHeight, int kernelWidth, int top, int left, int bottom, int right) {
      return new Window(kernelHeight, kernelWidth, 1, 1, top, left, bottom, right, 1, 1);
    }
  }

  /** Height of a convolution's output. */
  public int outHeight() {
    return out(
        height,
        window.kernelHeight,
        window.strideHeight,
        window.padTop + window.padBottom,
        window.dilationHeight);
  }

  /** Width of a convolution's output. */
  public int outWidth() {
    return out(
        width,
        window.kernelWidth,
        window.strideWidth,
        window.padLeft + window.padRight,
        window.dilationWidth);
  }

  /** Height of a transposed convolution's output. */
  public int transposedOutHeight() {
    return (height - 1) * window.strideHeight
        - window.padTop
        - window.padBottom
        + (window.kernelHeight - 1) * window.dilationHeight
        + 1;
  }

  /** Width of a transposed convolution's output. */
  public int transposedOutWidth() {
    return (width - 1) * window.strideWidth
        - window.padLeft
        - window.padRight
        + (window.kernelWidth - 1) * window.dilationWidth
        + 1;
  }

  private static int out(int size, int kernel, int stride, int padding, int dilation) {
    return (size + padding - (kernel - 1) * dilation - 1) / stride + 1;
  }
}
