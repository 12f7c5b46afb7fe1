package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.random.RandomStream;

class NativeKernelsTest {

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class In_float extends KernelsContract {
    In_float() {
      super(DataType.FLOAT);
    }

    @Override
    Kernels create() {
      return new NativeKernels();
    }
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class In_double extends KernelsContract {
    In_double() {
      super(DataType.DOUBLE);
    }

    @Override
    Kernels create() {
      return new NativeKernels();
    }
  }

  @Test
  void half_precision_is_refused_with_the_alternative() {
    ConvolutionSpec spec = spec(DataType.BFLOAT16);
    assertThatThrownBy(() -> new NativeKernels().convolution(spec))
        .hasMessageContaining("kernels \"onednn\" for BFLOAT16");
  }

  /** Finite differences of a random projection of the output, in a random direction. */
  @Nested
  class Gradients {
    private static final double STEP = 1e-5;
    // central differences: rounding of order 1e-16 / STEP, curvature of order STEP^2
    private static final double TOLERANCE = 1e-9;

    private final RandomStream random = RandomStream.of(4, "differences");
    private final NativeKernels kernels = new NativeKernels();

    @Test
    void convolution_gradients_are_the_slopes_of_its_output() {
      ConvolutionSpec spec = spec(DataType.DOUBLE);
      try (Convolution convolution = kernels.convolution(spec)) {
        check(convolution, ConvolutionShapes.of(spec));
      }
    }

    @Test
    void transposed_convolution_gradients_are_the_slopes_of_its_output() {
      ConvolutionSpec spec = spec(DataType.DOUBLE);
      try (Convolution convolution = kernels.transposedConvolution(spec)) {
        check(convolution, ConvolutionShapes.ofTransposed(spec));
      }
    }

    private void check(Convolution convolution, ConvolutionShapes shapes) {
      INDArray x = gaussian(shapes.x());
      INDArray w = gaussian(shapes.w());
      INDArray b = gaussian(shapes.b());
      INDArray projection = gaussian(shapes.y());
      INDArray dx = Nd4j.zeros(DataType.DOUBLE, shapes.x());
      INDArray dw = Nd4j.zeros(DataType.DOUBLE, shapes.w());
      INDArray db = Nd4j.zeros(DataType.DOUBLE, shapes.b());
      convolution.backwardData(projection, w, dx);
      convolution.backwardWeights(x, projection, dw, db);
      Supplier<INDArray> output =
          () -> {
            INDArray y = Nd4j.zeros(DataType.DOUBLE, shapes.y());
            convolution.forward(x, w, b, y);
            return y;
          };
      checkSlope(output, projection, x, dx);
      checkSlope(output, projection, w, dw);
      checkSlope(output, projection, b, db);
    }

    @Test
    void gate_gradient_is_the_slope_of_its_output() {
      INDArray x = gaussian(4, 10);
      INDArray projection = gaussian(4, 5);
      INDArray dx = Nd4j.zeros(DataType.DOUBLE, 4, 10);
      kernels.gateGradient(x, projection, dx);
      Supplier<INDArray> output =
          () -> {
            INDArray y = Nd4j.zeros(DataType.DOUBLE, 4, 5);
            kernels.gate(x, y);
            return y;
          };
      checkSlope(output, projection, x, dx);
    }

    private void checkSlope(
        Supplier<INDArray> output, INDArray projection, INDArray input, INDArray gradient) {
      INDArray direction = gaussian(input.shape());
      input.addi(direction.mul(STEP));
      INDArray above = output.get();
      input.subi(direction.mul(2 * STEP));
      INDArray below = output.get();
      input.addi(direction.mul(STEP));
      double slope = above.sub(below).mul(projection).sumNumber().doubleValue() / (2 * STEP);
      double predicted = gradient.mul(direction).sumNumber().doubleValue();
      assertThat(predicted).isCloseTo(slope, within(TOLERANCE * (1 + Math.abs(slope))));
    }

    private INDArray gaussian(long... shape) {
      double[] values = new double[PlainLoops.length(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
      return Nd4j.createFromArray(values).reshape(shape);
    }
  }

  /** Stride, dilation and padding that differ in both directions. */
  private static ConvolutionSpec spec(DataType type) {
    Window window = new Window(3, 2, 2, 1, 1, 0, 0, 2, 1, 2);
    return new ConvolutionSpec(type, 2, 6, 7, 3, 4, window, Epilogue.NONE);
  }
}
