package org.vqvae.core.kernel;

import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * Convolution and transposed convolution by their definitions, in double precision: the products
 * {@code x w} that each y is the sum of, one by one. The gradients are sums over the same products.
 */
record PlainLoops(ConvolutionSpec spec, ConvolutionShapes shapes, Products products) {

  private interface Product {
    void at(int x, int w, int y);
  }

  private interface Products {
    void forEach(ConvolutionSpec spec, Product product);
  }

  static PlainLoops convolution(ConvolutionSpec spec) {
    return new PlainLoops(spec, ConvolutionShapes.of(spec), PlainLoops::convolve);
  }

  static PlainLoops transposedConvolution(ConvolutionSpec spec) {
    return new PlainLoops(spec, ConvolutionShapes.ofTransposed(spec), PlainLoops::spread);
  }

  double[] forward(double[] x, double[] w, double[] b) {
    double[] y = new double[length(shapes.y())];
    for (int i = 0; i < y.length; i++) {
      y[i] = b[i % b.length];
    }
    products.forEach(spec, (xi, wi, yi) -> y[yi] += x[xi] * w[wi]);
    return y;
  }

  double[] backwardData(double[] yGradient, double[] w) {
    double[] xGradient = new double[length(shapes.x())];
    products.forEach(spec, (xi, wi, yi) -> xGradient[xi] += yGradient[yi] * w[wi]);
    return xGradient;
  }

  double[] backwardWeights(double[] x, double[] yGradient) {
    double[] wGradient = new double[length(shapes.w())];
    products.forEach(spec, (xi, wi, yi) -> wGradient[wi] += yGradient[yi] * x[xi]);
    return wGradient;
  }

  double[] backwardBias(double[] yGradient) {
    double[] bGradient = new double[length(shapes.b())];
    for (int i = 0; i < yGradient.length; i++) {
      bGradient[i % bGradient.length] += yGradient[i];
    }
    return bGradient;
  }

  /** How many products the longest sum of any of these has: what rounding errors grow with. */
  int longestSum() {
    Window k = spec.window();
    int taps = k.kernelHeight() * k.kernelWidth();
    int positions = length(shapes.y()) / spec.outChannels();
    return Math.max(positions, taps * Math.max(spec.inChannels(), spec.outChannels()));
  }

  static int length(long[] shape) {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    return length;
  }

  /** y[n, r, c, o] = sum x[n, r s + i d - pad, c s + j d - pad, in] w[i, j, in, o]. */
  private static void convolve(ConvolutionSpec s, Product product) {
    Window k = s.window();
    forEachTap(
        s,
        s.outHeight(),
        s.outWidth(),
        (n, row, column, i, j) -> {
          int h = row * k.strideHeight() + i * k.dilationHeight() - k.padTop();
          int w = column * k.strideWidth() + j * k.dilationWidth() - k.padLeft();
          if (h < 0 || h >= s.height() || w < 0 || w >= s.width()) {
            return;
          }
          int x = ((n * s.height() + h) * s.width() + w) * s.inChannels();
          int y = ((n * s.outHeight() + row) * s.outWidth() + column) * s.outChannels();
          int tap = (i * k.kernelWidth() + j) * s.inChannels() * s.outChannels();
          for (int in = 0; in < s.inChannels(); in++) {
            for (int out = 0; out < s.outChannels(); out++) {
              product.at(x + in, tap + in * s.outChannels() + out, y + out);
            }
          }
        });
  }

  /** y[n, r s + i d - pad, c s + j d - pad, o] += x[n, r, c, in] w[i, j, o, in]. */
  private static void spread(ConvolutionSpec s, Product product) {
    Window k = s.window();
    int outHeight = s.transposedOutHeight();
    int outWidth = s.transposedOutWidth();
    forEachTap(
        s,
        s.height(),
        s.width(),
        (n, row, column, i, j) -> {
          int h = row * k.strideHeight() + i * k.dilationHeight() - k.padTop();
          int w = column * k.strideWidth() + j * k.dilationWidth() - k.padLeft();
          if (h < 0 || h >= outHeight || w < 0 || w >= outWidth) {
            return;
          }
          int x = ((n * s.height() + row) * s.width() + column) * s.inChannels();
          int y = ((n * outHeight + h) * outWidth + w) * s.outChannels();
          int tap = (i * k.kernelWidth() + j) * s.inChannels() * s.outChannels();
          for (int in = 0; in < s.inChannels(); in++) {
            for (int out = 0; out < s.outChannels(); out++) {
              product.at(x + in, tap + out * s.inChannels() + in, y + out);
            }
          }
        });
  }

  private interface Tap {
    void at(int n, int row, int column, int i, int j);
  }

  private static void forEachTap(ConvolutionSpec s, int rows, int columns, Tap tap) {
    for (int n = 0; n < s.batch(); n++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          for (int i = 0; i < s.window().kernelHeight(); i++) {
            for (int j = 0; j < s.window().kernelWidth(); j++) {
              tap.at(n, row, column, i, j);
            }
          }
        }
      }
    }
  }
}
