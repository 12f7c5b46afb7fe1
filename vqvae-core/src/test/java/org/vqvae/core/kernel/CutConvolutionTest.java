package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.testing.Slopes;

/** A convolution of one example that workers share is the convolution of one worker. */
class CutConvolutionTest {
  private static final Window HALVE_SOUND = new Window(1, 4, 1, 2, 0, 1, 0, 1, 1, 1);

  static Stream<Arguments> convolutions() {
    return Stream.of(
        Arguments.of(spec(40, 26, 32, 64, Window.square(3, 1, 1), Epilogue.NONE), false),
        Arguments.of(spec(84, 50, 32, 64, Window.square(4, 2, 1), Epilogue.RELU), false),
        Arguments.of(spec(35, 36, 32, 32, Window.square(3, 1, 0), Epilogue.NONE), false),
        Arguments.of(spec(32, 33, 64, 192, Window.square(1, 1, 0), Epilogue.ADD), false),
        Arguments.of(spec(36, 30, 64, 64, Window.padded(2, 3, 2, 1, 0, 1), Epilogue.NONE), false),
        Arguments.of(spec(1, 4096, 128, 128, HALVE_SOUND, Epilogue.RELU), false),
        Arguments.of(spec(1, 4098, 128, 130, HALVE_SOUND, Epilogue.NONE), false),
        Arguments.of(spec(1, 4096, 32, 64, HALVE_SOUND, Epilogue.NONE), false),
        Arguments.of(
            spec(1, 1500, 64, 64, new Window(1, 3, 1, 1, 0, 9, 0, 9, 1, 9), Epilogue.RELU), false),
        Arguments.of(spec(40, 30, 64, 64, Window.square(4, 2, 1), Epilogue.RELU), true),
        Arguments.of(spec(1, 1100, 64, 64, HALVE_SOUND, Epilogue.NONE), true));
  }

  private static ConvolutionSpec spec(
      int height, int width, int in, int out, Window window, Epilogue epilogue) {
    return new ConvolutionSpec(DataType.FLOAT, 1, height, width, in, out, window, epilogue);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void all_directions_agree_and_the_number_of_workers_changes_nothing(
      ConvolutionSpec spec, boolean isTransposed) {
    // Given
    assertThat(new Cuts(spec, isTransposed).areWorthIt()).isTrue();
    List<INDArray> expected;
    try (Kernels natives = new NativeKernels()) {
      expected = directions(natives, spec, isTransposed);
    }
    List<List<INDArray>> shared = new ArrayList<>();
    for (int size : new int[] {1, 3}) {
      // When
      try (Workers workers =
          new WorkerThreads(size, share -> new OneDnnKernels(DataType.FLOAT, share))) {
        shared.add(directions(workers.kernels(0), spec, isTransposed));
      }
    }
    // Then
    for (int i = 0; i < expected.size(); i++) {
      INDArray one = shared.get(0).get(i);
      assertThatArray(one)
          .as("array %d", i)
          .isCloseTo(expected.get(i), 2e-5 * (1 + expected.get(i).amaxNumber().doubleValue()));
      assertThatArray(shared.get(1).get(i)).as("array %d", i).isEqualToArray(one);
    }
  }

  /** Output, gradient of the input, of the weights and of the biases. */
  private static List<INDArray> directions(
      Kernels kernels, ConvolutionSpec spec, boolean isTransposed) {
    ConvolutionShapes shapes =
        isTransposed ? ConvolutionShapes.ofTransposed(spec) : ConvolutionShapes.of(spec);
    INDArray x = Slopes.random(DataType.FLOAT, "x", shapes.x());
    INDArray w = Slopes.random(DataType.FLOAT, "w", shapes.w()).muli(0.1);
    INDArray b = Slopes.random(DataType.FLOAT, "b", shapes.b());
    INDArray y = Slopes.random(DataType.FLOAT, "y", shapes.y());
    INDArray yGradient = Slopes.random(DataType.FLOAT, "dy", shapes.y());
    INDArray xGradient = Nd4j.ones(DataType.FLOAT, shapes.x());
    INDArray wGradient = Nd4j.ones(DataType.FLOAT, shapes.w());
    INDArray bGradient = Nd4j.ones(DataType.FLOAT, shapes.b());
    try (Convolution convolution =
        isTransposed ? kernels.transposedConvolution(spec) : kernels.convolution(spec)) {
      convolution.forward(x, w, b, y);
      convolution.backwardData(yGradient, w, xGradient);
      convolution.backwardWeights(x, yGradient, wGradient, bGradient);
      convolution.backwardWeights(x, yGradient, wGradient, bGradient); // overwrites
    }
    return List.of(y, xGradient, wGradient, bGradient);
  }

  @Test
  void within_a_part_of_a_batch_nothing_is_cut() {
    // Given
    ConvolutionSpec spec = spec(40, 26, 32, 64, Window.square(3, 1, 1), Epilogue.NONE);
    INDArray whole;
    try (Kernels alone = new OneDnnKernels()) {
      whole = directions(alone, spec, false).get(2);
    }
    for (int size : new int[] {1, 2}) {
      try (Workers workers =
          new WorkerThreads(size, share -> new OneDnnKernels(DataType.FLOAT, share))) {
        // When
        INDArray[] inPart = new INDArray[4];
        workers.run(
            4,
            (part, worker, progress) ->
                inPart[part] = directions(workers.kernels(worker), spec, false).get(2));
        // Then
        assertThat(List.of(inPart)).allSatisfy(it -> assertThatArray(it).isEqualToArray(whole));
      }
    }
  }

  @Test
  void several_examples_and_little_work_are_left_whole() {
    Window window = Window.square(3, 1, 1);
    ConvolutionSpec two =
        new ConvolutionSpec(DataType.FLOAT, 2, 40, 26, 32, 64, window, Epilogue.NONE);
    assertThat(new Cuts(two, false).areWorthIt()).isFalse();
    assertThat(new Cuts(spec(40, 26, 4, 4, window, Epilogue.NONE), false).areWorthIt()).isFalse();
    assertThat(new Cuts(spec(16, 16, 128, 128, window, Epilogue.NONE), false).areWorthIt())
        .isFalse();
  }
}
