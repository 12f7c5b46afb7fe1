package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.Slopes;

/** Every block's gradients against finite differences, in DOUBLE. */
class BlocksTest {
  private static final Kernels KERNELS = new NativeKernels();
  private static final double TOLERANCE = 1e-6;

  static Stream<Block> blocks() {
    return Stream.of(
        Conv2d.convolution("conv", KERNELS, 3, 2, Window.square(3, 1, 1)),
        Conv2d.convolution("relu", KERNELS, 3, 2, Window.square(4, 2, 1)).thenRelu(),
        Conv2d.transposed("up", KERNELS, 3, 2, Window.square(4, 2, 1)),
        new Residual("residual", KERNELS, 3, 2),
        new Sequential(
            List.of(
                Conv2d.convolution("first", KERNELS, 3, 4, Window.square(3, 1, 1)),
                new Residual("second", KERNELS, 4, 2),
                new Relu(KERNELS),
                Conv2d.transposed("third", KERNELS, 4, 1, Window.square(4, 2, 1)))));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void input_gradient_is_that_of_the_output(Block block) {
    // Given
    bind(block);
    INDArray x = Slopes.random("x", 2, 4, 4, 3);
    INDArray weights = Slopes.random("weights", block.forward(x, Phase.TRAIN).shape());
    // When
    INDArray gradient = block.backward(weights.dup()).dup();
    // Then
    slopes(block, x, weights).agreeEverywhereWith("x", x, gradient);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void parameter_gradients_are_those_of_the_output(Block block) {
    // Given
    bind(block);
    INDArray x = Slopes.random("x", 2, 4, 4, 3);
    INDArray weights = Slopes.random("weights", block.forward(x, Phase.TRAIN).shape());
    // When
    block.backwardParametersOnly(weights.dup());
    // Then
    for (Parameter parameter : block.parameters()) {
      slopes(block, x, weights)
          .agreeEverywhereWith(parameter.name(), parameter.value(), parameter.gradient().dup());
    }
  }

  @Test
  void residual_carries_x_itself_past_the_relu() {
    // Given a block whose branch is zero
    Residual residual = new Residual("residual", KERNELS, 3, 2);
    bind(residual);
    residual.parameters().forEach(parameter -> parameter.value().assign(0));
    INDArray x = Slopes.random("x", 1, 2, 2, 3);
    // Then negative values pass
    assertThatArray(residual.forward(x, Phase.EVAL)).isCloseTo(x, 0);
  }

  @Test
  void conv_says_which_channels_it_wants() {
    Conv2d conv = Conv2d.convolution("conv", KERNELS, 3, 2, Window.square(3, 1, 1));

    assertThatThrownBy(() -> conv.forward(Slopes.random("x", 1, 4, 4, 5), Phase.EVAL))
        .hasMessage("conv/w: expected [N, H, W, 3] but was [1, 4, 4, 5]");
  }

  @Test
  void backward_before_forward_is_an_error() {
    Conv2d conv = Conv2d.convolution("conv", KERNELS, 3, 2, Window.square(3, 1, 1));

    assertThatThrownBy(() -> conv.backward(Slopes.random("x", 1, 4, 4, 2)))
        .hasMessage("conv/w: backward needs a forward pass first");
  }

  @Test
  void kernels_of_full_precision_leave_a_block_as_it_is() {
    Block block = new Relu(KERNELS);

    assertThat(ReducedPrecision.of(block, KERNELS)).isSameAs(block);
  }

  private static void bind(Block block) {
    ParameterVector.allocate(block.parameters(), DataType.DOUBLE)
        .initialize(RandomStream.of(1, "blocks"));
  }

  private static Slopes slopes(Block block, INDArray x, INDArray weights) {
    return new Slopes(() -> block.forward(x, Phase.TRAIN).mul(weights).sumNumber().doubleValue())
        .withTolerance(TOLERANCE, 0);
  }
}
