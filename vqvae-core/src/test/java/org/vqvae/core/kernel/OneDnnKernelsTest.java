package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.random.RandomStream;

class OneDnnKernelsTest {
  private final OneDnnKernels kernels = new OneDnnKernels();

  @AfterEach
  void close() {
    kernels.close();
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class In_float extends KernelsContract {
    In_float() {
      super(DataType.FLOAT);
    }

    @Override
    Kernels create() {
      return new OneDnnKernels();
    }
  }

  @Test
  void workers_compute_what_one_does_alone() {
    // Given
    INDArray a = Nd4j.linspace(DataType.FLOAT, -1, 1e-4, 28_000).reshape(400, 70);
    INDArray b = Nd4j.linspace(DataType.FLOAT, 1, -1e-3, 2_100).reshape(70, 30);
    INDArray alone = Nd4j.zeros(DataType.FLOAT, 400, 30);
    kernels.matMul(a, b, alone);
    try (Workers workers =
        new WorkerThreads(3, share -> new OneDnnKernels(DataType.FLOAT, share))) {
      INDArray[] products = new INDArray[100];
      Arrays.setAll(products, part -> Nd4j.zeros(DataType.FLOAT, 400, 30));
      // When
      workers.run(
          products.length,
          (part, worker, progress) -> workers.kernels(worker).matMul(a, b, products[part]));
      // Then
      for (INDArray product : products) {
        assertThatArray(product).isEqualToArray(alone);
      }
    }
  }

  @Test
  void weights_that_change_count_at_once_but_between_the_parts_of_a_run() {
    // Given a convolution whose weights oneDNN wants in another order
    Window window = Window.square(3, 1, 1);
    ConvolutionSpec spec =
        new ConvolutionSpec(DataType.FLOAT, 1, 8, 8, 64, 64, window, Epilogue.NONE);
    INDArray x = Nd4j.ones(DataType.FLOAT, 1, 8, 8, 64);
    INDArray w = Nd4j.ones(DataType.FLOAT, 3, 3, 64, 64);
    INDArray other = Nd4j.ones(DataType.FLOAT, 3, 3, 64, 64).muli(3);
    INDArray b = Nd4j.zeros(DataType.FLOAT, 64);
    INDArray y = Nd4j.zeros(DataType.FLOAT, 1, 8, 8, 64);
    try (Workers workers = new WorkerThreads(1, share -> new OneDnnKernels(DataType.FLOAT, share));
        Convolution convolution = workers.kernels(0).convolution(spec)) {
      for (int step = 1; step <= 2; step++) {
        // When they change from run to run, or others take their place
        w.assign(step);
        int now = step;
        workers.run(
            3,
            (part, worker, progress) -> {
              convolution.forward(x, w, b, y);
              // Then the new ones count
              assertThat(y.getFloat(0, 4, 4, 0)).isEqualTo(now * 9 * 64f);
              convolution.forward(x, other, b, y);
              assertThat(y.getFloat(0, 4, 4, 0)).isEqualTo(3 * 9 * 64f);
            });
      }
      // And outside of a run each time
      convolution.forward(x, w, b, y);
      w.assign(5);
      convolution.forward(x, w, b, y);
      assertThat(y.getFloat(0, 4, 4, 0)).isEqualTo(5 * 9 * 64f);
    }
  }

  /** The convolutions of a picture VQ-VAE, a PixelCNN and a WaveNet. */
  static Stream<ConvolutionSpec> ofModels() {
    return Stream.of(
        spec(32, 32, 3, 64, Window.square(4, 2, 1), Epilogue.RELU),
        spec(16, 16, 64, 128, Window.square(4, 2, 1), Epilogue.NONE),
        spec(8, 8, 128, 128, Window.square(3, 1, 1), Epilogue.NONE),
        spec(8, 8, 128, 32, Window.square(3, 1, 1), Epilogue.RELU),
        spec(8, 8, 32, 128, Window.square(1, 1, 0), Epilogue.ADD),
        spec(8, 8, 128, 256, Window.padded(2, 3, 2, 1, 0, 1), Epilogue.NONE),
        spec(1, 512, 32, 64, new Window(1, 2, 1, 1, 0, 16, 0, 0, 1, 16), Epilogue.NONE));
  }

  @ParameterizedTest
  @MethodSource("ofModels")
  void convolutions_of_models_run_fast_code(ConvolutionSpec spec) {
    try (OneDnnConvolution convolution = (OneDnnConvolution) kernels.convolution(spec)) {
      assertThat(convolution.implementations()).noneMatch(name -> name.startsWith("ref"));
    }
  }

  @Test
  void transposed_convolutions_of_models_run_fast_code() {
    for (int outChannels : new int[] {3, 64}) {
      ConvolutionSpec spec = spec(8, 8, 128, outChannels, Window.square(4, 2, 1), Epilogue.RELU);
      try (OneDnnConvolution convolution =
          (OneDnnConvolution) kernels.transposedConvolution(spec)) {
        assertThat(convolution.implementations()).noneMatch(name -> name.contains("ref"));
      }
    }
  }

  @Test
  void sound_is_halved_with_fewer_products_where_that_gains() {
    Window halve = new Window(1, 4, 1, 2, 0, 1, 0, 1, 1, 1);
    assertThat(kernels.convolution(spec(1, 64, 128, 128, halve, Epilogue.RELU)))
        .isInstanceOf(HalvingConvolution.class);
    assertThat(kernels.convolution(spec(1, 64, 64, 128, halve, Epilogue.RELU)))
        .isInstanceOf(OneDnnConvolution.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Epilogue.class,
      names = {"NONE", "RELU"})
  void sounds_are_halved_by_fast_code_that_repeats_and_agrees(Epilogue epilogue) {
    // Given three sounds, whose 375 rows of products cross from one to the next
    Window halve = new Window(1, 4, 1, 2, 0, 1, 0, 1, 1, 1);
    ConvolutionSpec spec =
        new ConvolutionSpec(DataType.FLOAT, 3, 1, 500, 256, 256, halve, epilogue);
    ConvolutionShapes shapes = ConvolutionShapes.of(spec);
    RandomStream random = RandomStream.of(3, "sounds");
    INDArray x = gaussian(random, DataType.FLOAT, shapes.x());
    INDArray w = gaussian(random, DataType.FLOAT, shapes.w());
    INDArray b = gaussian(random, DataType.FLOAT, shapes.b());
    INDArray y = Nd4j.zeros(DataType.FLOAT, shapes.y());
    INDArray again = Nd4j.ones(DataType.FLOAT, shapes.y());
    INDArray other = Nd4j.zeros(DataType.FLOAT, shapes.y());
    // When
    try (HalvingConvolution fast = (HalvingConvolution) kernels.convolution(spec);
        Convolution plain = new NativeKernels().convolution(spec)) {
      fast.forward(x, w, b, y);
      fast.forward(x, w, b, again);
      plain.forward(x, w, b, other);
      assertThat(fast.implementations()).hasSize(3).noneMatch(name -> name.startsWith("ref"));
    }
    // Then
    assertThatArray(again).isEqualToArray(y);
    assertThatArray(y).isCloseTo(other, 4 * (1024 + 4) * 0x1p-23); // as in the contract
  }

  @Test
  void a_whole_batch_repeats_bit_for_bit_and_agrees_with_the_native_kernels() {
    // Given
    ConvolutionSpec spec = spec(8, 8, 128, 128, Window.square(3, 1, 1), Epilogue.NONE);
    ConvolutionShapes shapes = ConvolutionShapes.of(spec);
    RandomStream random = RandomStream.of(3, "batch");
    INDArray x = gaussian(random, DataType.FLOAT, shapes.x());
    INDArray dy = gaussian(random, DataType.FLOAT, shapes.y());
    INDArray dw = Nd4j.zeros(DataType.FLOAT, shapes.w());
    INDArray again = Nd4j.zeros(DataType.FLOAT, shapes.w());
    INDArray other = Nd4j.zeros(DataType.FLOAT, shapes.w());
    INDArray db = Nd4j.zeros(DataType.FLOAT, shapes.b());
    // When
    try (Convolution fast = kernels.convolution(spec);
        Convolution plain = new NativeKernels().convolution(spec)) {
      fast.backwardWeights(x, dy, dw, db);
      fast.backwardWeights(x, dy, again, db);
      plain.backwardWeights(x, dy, other, db);
    }
    // Then
    assertThatArray(again).isEqualToArray(dw);
    // as in the contract: sums of 2048 products in FLOAT
    assertThatArray(dw).isCloseTo(other, 4 * (2048 + 4) * 0x1p-23);
  }

  @Test
  void closed_kernels_say_so() {
    INDArray x = Nd4j.zeros(DataType.FLOAT, 4);
    Convolution convolution =
        kernels.convolution(spec(8, 8, 4, 4, Window.square(1, 1, 0), Epilogue.NONE));
    convolution.close();
    assertThatThrownBy(
            () ->
                convolution.backwardData(
                    Nd4j.zeros(DataType.FLOAT, 32, 8, 8, 4),
                    Nd4j.zeros(DataType.FLOAT, 1, 1, 4, 4),
                    Nd4j.zeros(DataType.FLOAT, 32, 8, 8, 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    kernels.relu(x, x);
    kernels.close();
    assertThatThrownBy(() -> kernels.relu(x, x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void doubles_are_refused_with_the_alternative() {
    ConvolutionSpec spec =
        new ConvolutionSpec(DataType.DOUBLE, 1, 4, 4, 1, 1, Window.square(3, 1, 1), Epilogue.NONE);
    assertThatThrownBy(() -> kernels.convolution(spec))
        .hasMessageContaining("kernels \"native\" do DOUBLE");
  }

  /** BFLOAT16 has 8 significant bits: a value is rounded by up to 2^-8 of itself. */
  @Nested
  class In_bfloat16 {
    private static final double ROUNDING = 0x1p-8;

    @Test
    void a_processor_without_it_refuses() {
      assertThat(new CpuFeatures(0).hasBfloat16()).isFalse();
      if (!CpuFeatures.current().hasBfloat16()) {
        assertThatThrownBy(() -> kernels.convolution(bfloat16(16, 32, Epilogue.NONE)))
            .isInstanceOf(IncompatibleException.class)
            .hasMessageContaining("BFLOAT16 needs avx512_core_bf16");
      }
    }

    @Test
    void convolutions_keep_float_weights_and_float_gradients_of_them() {
      check(PlainLoops.convolution(bfloat16(16, 32, Epilogue.NONE)), false);
      check(PlainLoops.convolution(bfloat16(3, 20, Epilogue.NONE)), false);
      check(PlainLoops.transposedConvolution(bfloat16(32, 16, Epilogue.NONE)), true);
    }

    private void check(PlainLoops loops, boolean transposed) {
      assumeTrue(
          CpuFeatures.current().hasBfloat16(),
          "NOT TESTED: BFLOAT16 convolution, this processor has none");
      // Given activations that BFLOAT16 holds exactly, and weights that it does not
      ConvolutionShapes shapes = loops.shapes();
      RandomStream random = RandomStream.of(2, "bfloat16");
      INDArray x = gaussian(random, DataType.BFLOAT16, shapes.x());
      INDArray dy = gaussian(random, DataType.BFLOAT16, shapes.y());
      INDArray w = gaussian(random, DataType.FLOAT, shapes.w());
      INDArray b = gaussian(random, DataType.FLOAT, shapes.b());
      INDArray y = Nd4j.zeros(DataType.BFLOAT16, shapes.y());
      INDArray dx = Nd4j.zeros(DataType.BFLOAT16, shapes.x());
      INDArray dw = Nd4j.zeros(DataType.FLOAT, shapes.w());
      INDArray db = Nd4j.zeros(DataType.FLOAT, shapes.b());
      // When
      try (Convolution convolution =
          transposed
              ? kernels.transposedConvolution(loops.spec())
              : kernels.convolution(loops.spec())) {
        convolution.forward(x, w, b, y);
        convolution.backwardData(dy, w, dx);
        convolution.backwardWeights(x, dy, dw, db);
      }
      // Then each of n products has an error of its own, and the result one more
      int n = loops.longestSum();
      double sum = 4 * Math.sqrt(n) * ROUNDING;
      assertThatArray(y)
          .isCloseTo(like(y, loops.forward(values(x), values(w), values(b))), sum, ROUNDING);
      assertThatArray(dx)
          .isCloseTo(like(dx, loops.backwardData(values(dy), values(w))), sum, ROUNDING);
      // products of exact factors, summed and kept in FLOAT
      double exact = 4 * (n + 4) * 0x1p-23;
      assertThatArray(dw).isCloseTo(like(dw, loops.backwardWeights(values(x), values(dy))), exact);
      assertThatArray(db).isCloseTo(like(db, loops.backwardBias(values(dy))), exact);
    }

    @Test
    void the_gate_computes_in_float_and_rounds_once() {
      assumeTrue(
          CpuFeatures.current().hasBfloat16(),
          "NOT TESTED: BFLOAT16 gate, this processor has none");
      // Given
      RandomStream random = RandomStream.of(2, "gate");
      INDArray x = gaussian(random, DataType.BFLOAT16, 5, 64);
      INDArray dy = gaussian(random, DataType.BFLOAT16, 5, 32);
      INDArray y = Nd4j.zeros(DataType.BFLOAT16, 5, 32);
      INDArray dx = Nd4j.zeros(DataType.BFLOAT16, 5, 64);
      INDArray floatY = Nd4j.zeros(DataType.FLOAT, 5, 32);
      INDArray floatDx = Nd4j.zeros(DataType.FLOAT, 5, 64);
      // When
      kernels.gate(x, y);
      kernels.gateGradient(x, dy, dx);
      kernels.gate(x.castTo(DataType.FLOAT), floatY);
      kernels.gateGradient(x.castTo(DataType.FLOAT), dy.castTo(DataType.FLOAT), floatDx);
      // Then
      assertThatArray(y).isCloseTo(floatY, 0x1p-20, ROUNDING);
      assertThatArray(dx).isCloseTo(floatDx, 0x1p-20, ROUNDING);
    }

    private ConvolutionSpec bfloat16(int in, int out, Epilogue epilogue) {
      return new ConvolutionSpec(
          DataType.BFLOAT16, 2, 6, 5, in, out, Window.square(3, 1, 1), epilogue);
    }

    private INDArray like(INDArray model, double[] values) {
      return Nd4j.createFromArray(values).reshape(model.shape());
    }

    private double[] values(INDArray array) {
      return array.castTo(DataType.DOUBLE).reshape(-1).toDoubleVector();
    }
  }

  @ParameterizedTest
  @MethodSource("features")
  void the_instruction_set_has_the_name_of_the_richest_part(Features features) {
    assertThat(new CpuFeatures(features.bits()).name()).isEqualTo(features.name());
  }

  record Features(int bits, String name) {}

  static Stream<Features> features() {
    return Stream.of(
        new Features(0, "generic"),
        new Features(0x7, "avx2"),
        new Features(0x27, "avx512_core"),
        new Features(0xe7, "avx512_core_bf16"),
        new Features(0xfef, "avx512_core_amx"),
        new Features(0x1fef, "avx512_core_amx_fp16"));
  }

  private static ConvolutionSpec spec(
      int height, int width, int in, int out, Window window, Epilogue epilogue) {
    return new ConvolutionSpec(DataType.FLOAT, 32, height, width, in, out, window, epilogue);
  }

  private static INDArray gaussian(RandomStream random, DataType type, long... shape) {
    float[] values = new float[PlainLoops.length(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values).castTo(type).reshape(shape);
  }
}
