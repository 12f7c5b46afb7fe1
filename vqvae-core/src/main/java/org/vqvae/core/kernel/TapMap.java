package org.vqvae.core.kernel;

import static org.vqvae.core.kernel.Views.rows;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * A convolution without padding as one matrix product for each tap of its kernel, for any stride
 * and dilation. libnd4j's conv2d fails for dilations of 4 and more where it runs on oneDNN.
 */
final class TapMap implements LinearMap {
  private final NativeKernels kernels;
  private final Window window;
  private final int outHeight;
  private final int outWidth;
  private final INDArray tapInput;

  TapMap(NativeKernels kernels, ConvolutionSpec spec) {
    this.kernels = kernels;
    window = spec.window();
    outHeight = spec.outHeight();
    outWidth = spec.outWidth();
    tapInput = Nd4j.create(spec.type(), spec.batch(), outHeight, outWidth, spec.inChannels());
  }

  @Override
  public void apply(INDArray x, INDArray w, INDArray y) {
    y.assign(0);
    forEachTap(
        (i, j) -> {
          tapInput.assign(seenBy(i, j, x));
          kernels.addMatMul(rows(tapInput), weights(w, i, j), rows(y));
        });
  }

  @Override
  public void applyTransposed(INDArray y, INDArray w, INDArray x) {
    x.assign(0);
    forEachTap(
        (i, j) -> {
          kernels.matMul(rows(y), weights(w, i, j).transpose(), rows(tapInput));
          seenBy(i, j, x).addi(tapInput);
        });
  }

  @Override
  public void weightGradient(INDArray x, INDArray y, INDArray wGradient) {
    forEachTap(
        (i, j) -> {
          tapInput.assign(seenBy(i, j, x));
          kernels.matMul(rows(tapInput).transpose(), rows(y), weights(wGradient, i, j));
        });
  }

  private void forEachTap(Tap tap) {
    for (int i = 0; i < window.kernelHeight(); i++) {
      for (int j = 0; j < window.kernelWidth(); j++) {
        tap.accept(i, j);
      }
    }
  }

  private INDArray seenBy(int i, int j, INDArray x) {
    return Views.window(
        x,
        i * window.dilationHeight(),
        j * window.dilationWidth(),
        window.strideHeight(),
        window.strideWidth(),
        outHeight,
        outWidth);
  }

  private INDArray weights(INDArray w, int i, int j) {
    long[] shape = {w.size(2), w.size(3)};
    long offset = (i * window.kernelWidth() + j) * shape[0] * shape[1];
    return Views.view(w, offset, shape, new long[] {shape[1], 1});
  }

  @Override
  public void close() {
    if (tapInput.closeable()) {
      tapInput.close();
    }
  }

  private interface Tap {
    void accept(int i, int j);
  }
}
