package org.vqvae.core.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * The shapes of the arrays of a convolution or a transposed one.
 *
 * @param x input
 * @param w weights
 * @param b bias
 * @param y output
 * @param type of x and y
 * @param weightType of w and b: {@code type}, or FLOAT if that is a half precision type
 */
record ConvolutionShapes(
    long[] x, long[] w, long[] b, long[] y, DataType type, DataType weightType) {

  static ConvolutionShapes of(ConvolutionSpec spec) {
    Window window = checked(spec);
    return of(
        spec,
        new long[] {
          window.kernelHeight(), window.kernelWidth(), spec.inChannels(), spec.outChannels()
        },
        spec.outHeight(),
        spec.outWidth());
  }

  static ConvolutionShapes ofTransposed(ConvolutionSpec spec) {
    Window window = checked(spec);
    return of(
        spec,
        new long[] {
          window.kernelHeight(), window.kernelWidth(), spec.outChannels(), spec.inChannels()
        },
        spec.transposedOutHeight(),
        spec.transposedOutWidth());
  }

  private static ConvolutionShapes of(ConvolutionSpec spec, long[] w, int outHeight, int outWidth) {
    if (outHeight < 1 || outWidth < 1) {
      throw new IllegalArgumentException(
          "the output would be %d x %d in %s; use a larger input or a smaller kernel"
              .formatted(outHeight, outWidth, spec));
    }
    return new ConvolutionShapes(
        new long[] {spec.batch(), spec.height(), spec.width(), spec.inChannels()},
        w,
        new long[] {spec.outChannels()},
        new long[] {spec.batch(), outHeight, outWidth, spec.outChannels()},
        spec.type(),
        spec.type() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT);
  }

  private static Window checked(ConvolutionSpec spec) {
    Window window = spec.window();
    int smallest =
        min(
            spec.batch(),
            spec.height(),
            spec.width(),
            spec.inChannels(),
            spec.outChannels(),
            window.kernelHeight(),
            window.kernelWidth(),
            window.strideHeight(),
            window.strideWidth(),
            window.dilationHeight(),
            window.dilationWidth());
    int smallestPadding =
        min(window.padTop(), window.padLeft(), window.padBottom(), window.padRight());
    if (smallest < 1 || smallestPadding < 0) {
      throw new IllegalArgumentException(
          "sizes, strides and dilations must be at least 1 and padding at least 0 in " + spec);
    }
    return window;
  }

  private static int min(int... values) {
    int min = values[0];
    for (int value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  void checkForward(INDArray x, INDArray w, INDArray b, INDArray y) {
    Operands.require("x", x, type, this.x);
    Operands.require("w", w, weightType, this.w);
    Operands.require("b", b, weightType, this.b);
    Operands.require("y", y, type, this.y);
  }

  void checkBackwardData(INDArray yGradient, INDArray w, INDArray xGradient) {
    Operands.require("yGradient", yGradient, type, y);
    Operands.require("w", w, weightType, this.w);
    Operands.require("xGradient", xGradient, type, x);
  }

  void checkBackwardWeights(
      INDArray x, INDArray yGradient, INDArray wGradient, INDArray bGradient) {
    Operands.require("x", x, type, this.x);
    Operands.require("yGradient", yGradient, type, y);
    Operands.require("wGradient", wGradient, weightType, w);
    Operands.require("bGradient", bGradient, weightType, b);
  }
}
