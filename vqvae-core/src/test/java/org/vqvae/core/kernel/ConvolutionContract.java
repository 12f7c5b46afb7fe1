package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * What any {@link Convolution} must do, in all shapes that models use and some that they should
 * not.
 */
abstract class ConvolutionContract extends KernelsFixture {
  private static final int[] DILATIONS = {1, 2, 4, 8};
  private static final Window HALVE = new Window(1, 4, 1, 2, 0, 1, 0, 1, 1, 1);

  ConvolutionContract(DataType type) {
    super(type);
  }

  /** A convolution or a transposed one, and its plain loops. */
  record Case(PlainLoops loops, boolean transposed) {
    Convolution prepare(Kernels kernels) {
      return transposed
          ? kernels.transposedConvolution(loops.spec())
          : kernels.convolution(loops.spec());
    }

    @Override
    public String toString() {
      return (transposed ? "transposed " : "") + loops.spec();
    }
  }

  Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Epilogue epilogue : Epilogue.values()) {
      convolution(cases, epilogue, 2, 6, 7, 16, 32, Window.square(3, 1, 1));
      transposed(cases, epilogue, 2, 5, 4, 8, 3, Window.square(4, 2, 1));
      convolution(cases, epilogue, 3, 1, 8, 128, 132, HALVE); // wide enough for fewer products
    }
    Epilogue none = Epilogue.NONE;
    convolution(cases, none, 2, 8, 6, 3, 5, Window.square(4, 2, 1));
    convolution(cases, none, 1, 7, 9, 4, 2, Window.square(4, 2, 1)); // last row and column unseen
    convolution(cases, none, 3, 4, 5, 6, 7, Window.square(1, 1, 0));
    convolution(cases, none, 1, 1, 1, 1, 1, Window.square(3, 1, 1));
    convolution(cases, none, 2, 5, 5, 4, 6, Window.padded(2, 3, 2, 1, 0, 1)); // rows above only
    convolution(cases, none, 2, 5, 5, 4, 6, Window.padded(1, 2, 0, 2, 0, 0)); // shifted
    convolution(cases, none, 2, 9, 8, 3, 4, new Window(3, 2, 2, 3, 0, 1, 2, 0, 1, 1));
    convolution(cases, none, 2, 9, 10, 3, 4, new Window(3, 3, 1, 2, 2, 2, 2, 2, 2, 3));
    convolution(cases, none, 2, 1, 24, 5, 6, HALVE);
    convolution(cases, none, 1, 1, 4, 136, 128, HALVE);
    convolution(cases, none, 2, 1, 6, 128, 128, HALVE); // three outputs: no pairs
    for (int dilation : DILATIONS) {
      convolution(cases, none, 2, 1, 21, 4, 6, causal(2, dilation));
      convolution(cases, none, 1, 1, 37, 16, 16, causal(3, dilation));
    }
    transposed(cases, none, 1, 3, 4, 5, 6, Window.square(3, 1, 1));
    transposed(cases, none, 2, 3, 4, 5, 6, Window.square(2, 3, 0)); // gaps between the taps
    transposed(cases, none, 2, 4, 5, 3, 4, new Window(3, 4, 2, 2, 1, 0, 0, 1, 1, 1));
    transposed(cases, none, 2, 1, 12, 6, 5, HALVE);
    transposed(cases, none, 2, 1, 12, 6, 5, new Window(1, 3, 1, 2, 0, 3, 0, 1, 1, 4));
    return cases.stream();
  }

  private static Window causal(int kernel, int dilation) {
    return new Window(1, kernel, 1, 1, 0, (kernel - 1) * dilation, 0, 0, 1, dilation);
  }

  private void convolution(
      List<Case> cases, Epilogue epilogue, int n, int h, int w, int in, int out, Window window) {
    ConvolutionSpec spec = new ConvolutionSpec(type, n, h, w, in, out, window, epilogue);
    cases.add(new Case(PlainLoops.convolution(spec), false));
  }

  private void transposed(
      List<Case> cases, Epilogue epilogue, int n, int h, int w, int in, int out, Window window) {
    ConvolutionSpec spec = new ConvolutionSpec(type, n, h, w, in, out, window, epilogue);
    cases.add(new Case(PlainLoops.transposedConvolution(spec), true));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forward_is_the_sum_of_its_definition_then_the_epilogue(Case each) {
    // Given arrays that are views far into vectors
    PlainLoops loops = each.loops();
    ConvolutionShapes shapes = loops.shapes();
    double[] x = random(shapes.x());
    double[] w = random(shapes.w());
    double[] b = random(shapes.b());
    double[] before = random(shapes.y());
    INDArray y = view(before, shapes.y());
    // When
    try (Convolution convolution = each.prepare(kernels)) {
      convolution.forward(view(x, shapes.x()), view(w, shapes.w()), view(b, shapes.b()), y);
    }
    // Then
    double[] expected = loops.forward(x, w, b);
    for (int i = 0; i < expected.length; i++) {
      switch (loops.spec().epilogue()) {
        case NONE -> {}
        case RELU -> expected[i] = Math.max(expected[i], 0);
        case ADD -> expected[i] += before[i];
      }
    }
    assertThatArray(y).isCloseTo(array(expected, shapes.y()), tolerance(loops));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_are_the_sums_of_their_definitions_whatever_the_outputs_held(Case each) {
    // Given
    PlainLoops loops = each.loops();
    ConvolutionShapes shapes = loops.shapes();
    double[] x = random(shapes.x());
    double[] w = random(shapes.w());
    double[] dy = random(shapes.y());
    INDArray dx = view(random(shapes.x()), shapes.x());
    INDArray dw = view(random(shapes.w()), shapes.w());
    INDArray db = view(random(shapes.b()), shapes.b());
    // When
    try (Convolution convolution = each.prepare(kernels)) {
      convolution.backwardData(view(dy, shapes.y()), view(w, shapes.w()), dx);
      convolution.backwardWeights(view(x, shapes.x()), view(dy, shapes.y()), dw, db);
    }
    // Then
    double tolerance = tolerance(loops);
    assertThatArray(dx).isCloseTo(array(loops.backwardData(dy, w), shapes.x()), tolerance);
    assertThatArray(dw).isCloseTo(array(loops.backwardWeights(x, dy), shapes.w()), tolerance);
    assertThatArray(db).isCloseTo(array(loops.backwardBias(dy), shapes.b()), tolerance);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_leave_the_neighbours_in_the_flat_vector_alone(Case each) {
    // Given gradients that are slices of one vector of sevens
    ConvolutionShapes shapes = each.loops().shapes();
    int wLength = PlainLoops.length(shapes.w());
    int bLength = PlainLoops.length(shapes.b());
    INDArray flat = Nd4j.valueArrayOf(new long[] {64 + wLength + bLength}, 7.0, type);
    INDArray dw = slice(flat, 16, wLength).reshape(shapes.w());
    INDArray db = slice(flat, 32 + wLength, bLength);
    // When
    try (Convolution convolution = each.prepare(kernels)) {
      convolution.backwardWeights(
          array(random(shapes.x()), shapes.x()), array(random(shapes.y()), shapes.y()), dw, db);
    }
    // Then
    assertThat(slice(flat, 0, 16).toDoubleVector()).containsOnly(7);
    assertThat(slice(flat, 16 + wLength, 16).toDoubleVector()).containsOnly(7);
    assertThat(slice(flat, 32 + wLength + bLength, 32).toDoubleVector()).containsOnly(7);
  }

  @Test
  void convolutions_used_in_turn_do_not_disturb_each_other_and_repeat_bit_for_bit() {
    // Given two prepared shapes
    List<Case> pair = cases().filter(c -> c.loops().spec().batch() == 2).limit(2).toList();
    List<INDArray[]> inputs = pair.stream().map(this::inputs).toList();
    try (Convolution first = pair.get(0).prepare(kernels);
        Convolution second = pair.get(1).prepare(kernels)) {
      List<Convolution> convolutions = List.of(first, second);
      List<INDArray> alone = List.of(run(first, inputs.get(0)), run(second, inputs.get(1)));
      // When, then
      for (int repeat = 0; repeat < 3; repeat++) {
        for (int i = 0; i < 2; i++) {
          assertThatArray(run(convolutions.get(i), inputs.get(i))).isEqualToArray(alone.get(i));
        }
      }
    }
  }

  private INDArray[] inputs(Case each) {
    ConvolutionShapes shapes = each.loops().shapes();
    return new INDArray[] {
      array(random(shapes.x()), shapes.x()),
      array(random(shapes.w()), shapes.w()),
      array(random(shapes.b()), shapes.b()),
      array(new double[PlainLoops.length(shapes.y())], shapes.y())
    };
  }

  /** All results of one convolution, in one vector. */
  private INDArray run(Convolution convolution, INDArray[] in) {
    INDArray y = Nd4j.zeros(type, in[3].shape());
    convolution.forward(in[0], in[1], in[2], y);
    INDArray dx = Nd4j.zeros(type, in[0].shape());
    convolution.backwardData(y, in[1], dx);
    INDArray dw = Nd4j.zeros(type, in[1].shape());
    INDArray db = Nd4j.zeros(type, in[2].shape());
    convolution.backwardWeights(in[0], y, dw, db);
    return Nd4j.concat(
        0, y.reshape(-1).dup(), dx.reshape(-1).dup(), dw.reshape(-1).dup(), db.dup());
  }

  @Test
  void closing_twice_is_closing_once() {
    Convolution convolution = cases().findFirst().orElseThrow().prepare(kernels);
    convolution.close();
    convolution.close();
    kernels.close();
    kernels.close();
  }

  @Test
  void a_wrong_shape_is_named() {
    Case each = cases().findFirst().orElseThrow();
    INDArray[] in = inputs(each);
    try (Convolution convolution = each.prepare(kernels)) {
      assertThatThrownBy(
              () -> convolution.forward(in[0], in[1], in[2], Nd4j.zeros(type, 2, 6, 7, 31)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("y: expected shape [2, 6, 7, 32] but was [2, 6, 7, 31]");
      assertThatThrownBy(() -> convolution.forward(in[0].dup('f'), in[1], in[2], in[3]))
          .hasMessageStartingWith("x: expected a contiguous array in 'c' order");
    }
  }

  @Test
  void a_convolution_without_output_is_refused() {
    ConvolutionSpec spec =
        new ConvolutionSpec(type, 1, 3, 3, 1, 1, Window.square(4, 1, 0), Epilogue.NONE);
    assertThatThrownBy(() -> kernels.convolution(spec))
        .hasMessageContaining("the output would be 0 x 0");
  }

  /** Sums of n terms of order 1: rounding errors of order n. */
  private double tolerance(PlainLoops loops) {
    return 4 * (loops.longestSum() + 4) * epsilon;
  }
}
