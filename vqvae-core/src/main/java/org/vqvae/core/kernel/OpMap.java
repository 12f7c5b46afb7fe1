package org.vqvae.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * A convolution without dilation, with equal padding on opposite sides and with an input that the
 * kernel covers exactly, by libnd4j's conv2d and deconv2d.
 *
 * <p>A convolution's weights {@code [kH, kW, in, out]} are those of its adjoint transposed
 * convolution as they stand.
 */
final class OpMap implements LinearMap {
  private static final int EXPLICIT_PADDING = 0;
  private static final int NHWC = 1;
  private static final int HWIO = 0;

  private final int[] arguments;
  private final INDArray unusedInputGradient;
  private final INDArray unusedWeights;

  OpMap(ConvolutionSpec spec) {
    Window w = spec.window();
    arguments =
        new int[] {
          w.kernelHeight(),
          w.kernelWidth(),
          w.strideHeight(),
          w.strideWidth(),
          w.padTop(),
          w.padLeft(),
          1,
          1,
          EXPLICIT_PADDING,
          NHWC,
          HWIO
        };
    ConvolutionShapes shapes = ConvolutionShapes.of(spec);
    unusedInputGradient = Nd4j.zeros(spec.type(), shapes.x());
    unusedWeights = Nd4j.zeros(spec.type(), shapes.w());
  }

  /** Whether this class can do that convolution. */
  static boolean supports(ConvolutionSpec spec) {
    Window w = spec.window();
    ConvolutionSpec framed = PaddedMap.frameSpec(spec);
    return w.dilationHeight() == 1
        && w.dilationWidth() == 1
        && w.padTop() == w.padBottom()
        && w.padLeft() == w.padRight()
        && framed.height() == spec.height() + 2 * w.padTop()
        && framed.width() == spec.width() + 2 * w.padLeft();
  }

  @Override
  public void apply(INDArray x, INDArray w, INDArray y) {
    execute("conv2d", new INDArray[] {x, w}, y);
  }

  @Override
  public void applyTransposed(INDArray y, INDArray w, INDArray x) {
    execute("deconv2d", new INDArray[] {y, w}, x);
  }

  @Override
  public void weightGradient(INDArray x, INDArray y, INDArray wGradient) {
    // the op knows no gradient of the weights alone
    execute("conv2d_bp", new INDArray[] {x, unusedWeights, y}, unusedInputGradient, wGradient);
  }

  private void execute(String op, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(op)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments)
            .build());
  }

  @Override
  public void close() {
    for (INDArray array : new INDArray[] {unusedInputGradient, unusedWeights}) {
      if (array.closeable()) {
        array.close();
      }
    }
  }
}
