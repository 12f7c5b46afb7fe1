package org.vqvae.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;

/** A convolution of {@link NativeKernels}: a linear map, then bias and epilogue. */
final class NativeConvolution implements Convolution {
  private final NativeKernels kernels;
  private final LinearMap map;
  private final ConvolutionShapes shapes;
  private final Epilogue epilogue;

  NativeConvolution(
      NativeKernels kernels, LinearMap map, ConvolutionShapes shapes, Epilogue epilogue) {
    this.kernels = kernels;
    this.map = map;
    this.shapes = shapes;
    this.epilogue = epilogue;
  }

  @Override
  public void forward(INDArray x, INDArray w, INDArray b, INDArray y) {
    shapes.checkForward(x, w, b, y);
    switch (epilogue) {
      case NONE -> affine(x, w, b, y);
      case RELU -> {
        affine(x, w, b, y);
        kernels.relu(y, y);
      }
      case ADD -> {
        try (INDArray branch = Nd4j.createUninitialized(y.dataType(), y.shape())) {
          affine(x, w, b, branch);
          kernels.add(branch, y);
        }
      }
    }
  }

  private void affine(INDArray x, INDArray w, INDArray b, INDArray y) {
    map.apply(x, w, y);
    Nd4j.exec(
        DynamicCustomOp.builder("biasadd")
            .addInputs(y, b)
            .addOutputs(y)
            .addBooleanArguments(false)
            .build());
  }

  @Override
  public void backwardData(INDArray yGradient, INDArray w, INDArray xGradient) {
    shapes.checkBackwardData(yGradient, w, xGradient);
    map.applyTransposed(yGradient, w, xGradient);
  }

  @Override
  public void backwardWeights(
      INDArray x, INDArray yGradient, INDArray wGradient, INDArray bGradient) {
    shapes.checkBackwardWeights(x, yGradient, wGradient, bGradient);
    map.weightGradient(x, yGradient, wGradient);
    Views.rows(yGradient).sum(bGradient, 0);
  }

  @Override
  public void close() {
    map.close();
  }
}
