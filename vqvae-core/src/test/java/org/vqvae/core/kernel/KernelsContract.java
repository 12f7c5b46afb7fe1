package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Kernels.Activation;
import org.vqvae.core.nn.FloatArrays;

/** What any {@link Kernels} must do, each operation against its definition in plain loops. */
abstract class KernelsContract extends ConvolutionContract {

  KernelsContract(DataType type) {
    super(type);
  }

  @ParameterizedTest
  @MethodSource("factors")
  void mat_mul_multiplies_factors_of_any_orientation(Factors f) {
    // Given
    double[] a = random(f.m, f.k);
    double[] b = random(f.k, f.n);
    double[] before = random(f.m, f.n);
    INDArray product = view(before, f.m, f.n);
    INDArray sum = view(before, f.m, f.n);
    // When
    kernels.matMul(factor(a, f.m, f.k, f.aTransposed), factor(b, f.k, f.n, f.bTransposed), product);
    kernels.addMatMul(factor(a, f.m, f.k, f.aTransposed), factor(b, f.k, f.n, f.bTransposed), sum);
    // Then
    double[] expected = new double[f.m * f.n];
    double[] expectedSum = before.clone();
    for (int i = 0; i < f.m; i++) {
      for (int j = 0; j < f.n; j++) {
        for (int l = 0; l < f.k; l++) {
          expected[i * f.n + j] += a[i * f.k + l] * b[l * f.n + j];
        }
        expectedSum[i * f.n + j] += expected[i * f.n + j];
      }
    }
    double tolerance = 4 * (f.k + 4) * epsilon;
    assertThatArray(product).isCloseTo(array(expected, f.m, f.n), tolerance);
    assertThatArray(sum).isCloseTo(array(expectedSum, f.m, f.n), tolerance);
  }

  @Test
  void mat_mul_reads_and_writes_columns_of_wider_arrays() {
    // Given three columns of arrays that have eight
    INDArray wideA = array(random(5, 8), 5, 8);
    INDArray wideC = array(random(5, 8), 5, 8);
    INDArray before = wideC.dup();
    INDArray a = columns(wideA, 2, 3);
    INDArray b = array(random(3, 4), 3, 4);
    // When
    kernels.matMul(a, b, columns(wideC, 1, 4));
    kernels.addMatMul(a, b, columns(wideC, 1, 4));
    // Then they are twice the product, and the columns beside them as they were
    INDArray expected = array(random(5, 4), 5, 4);
    kernels.matMul(a.dup('c'), b, expected);
    assertThatArray(columns(wideC, 1, 4).dup('c')).isCloseTo(expected.muli(2), 64 * epsilon);
    assertThatArray(columns(wideC, 5, 3).dup('c')).isEqualToArray(columns(before, 5, 3).dup('c'));
    assertThatArray(columns(wideC, 0, 1).dup('c')).isEqualToArray(columns(before, 0, 1).dup('c'));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void mat_mul_reads_transposed_columns_of_wider_arrays(int count) {
    // Given
    INDArray wide = array(random(5, 8), 5, 8);
    INDArray a = columns(wide, 2, count).transpose();
    INDArray b = array(random(5, 4), 5, 4);
    INDArray product = array(random(count, 4), count, 4);
    // When
    kernels.matMul(a, b, product);
    // Then
    INDArray expected = array(random(count, 4), count, 4);
    kernels.matMul(a.dup('c'), b, expected);
    assertThatArray(product).isCloseTo(expected, 64 * epsilon);
  }

  @Test
  void mat_mul_refuses_a_result_whose_columns_lie_apart() {
    INDArray a = array(random(4, 4), 4, 4);
    INDArray transposed = array(random(4, 4), 4, 4).transpose();
    assertThatThrownBy(() -> kernels.matMul(a, a.dup(), transposed))
        .hasMessage(
            "c: expected columns of an array in 'c' order but was [4, 4] with strides [1, 4]");
  }

  private static INDArray columns(INDArray matrix, long from, long count) {
    return Views.view(
        matrix, from, new long[] {matrix.size(0), count}, new long[] {matrix.size(1), 1});
  }

  @ParameterizedTest
  @MethodSource("factors")
  void affine_adds_a_bias_to_the_product(Factors f) {
    // Given
    INDArray x = factor(random(f.m, f.k), f.m, f.k, f.aTransposed);
    INDArray w = factor(random(f.k, f.n), f.k, f.n, f.bTransposed);
    INDArray b = view(random(f.n), f.n);
    INDArray y = array(random(f.m, f.n), f.m, f.n);
    // When
    kernels.affine(x, w, b, y);
    // Then
    INDArray expected = array(random(f.m, f.n), f.m, f.n);
    kernels.matMul(x, w, expected);
    expected.addiRowVector(b.dup().reshape(1, f.n));
    assertThatArray(y).isCloseTo(expected, 4 * (f.k + 4) * epsilon);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void affine_activates_the_sum_with_another_or_with_what_was_there(Activation activation) {
    // Given
    double[] plus = random(16, 32);
    INDArray x = view(random(16, 64), 16, 64);
    INDArray w = view(random(64, 32), 64, 32);
    INDArray b = view(random(32), 32);
    INDArray other = view(plus, 16, 32);
    INDArray y = view(random(16, 32), 16, 32);
    INDArray inPlace = view(plus, 16, 32);
    // When
    kernels.affine(x, w, b, other, activation, y);
    kernels.affine(x, w, b, inPlace, activation, inPlace);
    // Then
    INDArray sum = array(new double[16 * 32], 16, 32);
    kernels.affine(x, w, b, sum);
    double[] expected = new double[16 * 32];
    for (int i = 0; i < expected.length; i++) {
      double a = sum.getDouble(i / 32, i % 32) + plus[i];
      expected[i] =
          switch (activation) {
            case IDENTITY -> a;
            case TANH -> Math.tanh(a);
            case SIGMOID -> 1 / (1 + Math.exp(-a));
          };
    }
    assertThatArray(y).isCloseTo(array(expected, 16, 32), 4 * (64 + 4) * epsilon);
    assertThatArray(inPlace).isCloseTo(array(expected, 16, 32), 4 * (64 + 4) * epsilon);
    assertThatArray(other).isEqualToArray(array(plus, 16, 32));
  }

  @Test
  void rows_are_added_in_order_and_may_repeat() {
    // Given
    double[] x = random(5, 3);
    double[] y = random(4, 3);
    INDArray sums = view(y, 4, 3);
    int[] rows = {3, 0, 3, 3, 1};
    // When
    kernels.addRows(view(x, 5, 3), rows, sums);
    // Then
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 3; j++) {
        y[rows[i] * 3 + j] += x[i * 3 + j];
      }
    }
    assertThatArray(sums).isCloseTo(array(y, 4, 3), 16 * epsilon);
    assertThatThrownBy(() -> kernels.addRows(view(x, 5, 3), new int[] {0, 1, 2, 4, 0}, sums))
        .hasMessage("row 4: y has rows 0..3");
  }

  @Test
  void rows_are_gathered_and_may_repeat() {
    // Given
    double[] x = random(4, 3);
    INDArray y = view(random(5, 3), 5, 3);
    int[] rows = {3, 0, 3, 2, 3};
    // When
    kernels.gatherRows(view(x, 4, 3), rows, y);
    // Then
    double[] expected = new double[15];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x, 3 * rows[i], expected, 3 * i, 3);
    }
    assertThatArray(y).isEqualToArray(array(expected, 5, 3));
    assertThatThrownBy(() -> kernels.gatherRows(view(x, 4, 3), new int[] {0, 1, 2, -1, 0}, y))
        .hasMessage("row -1: x has rows 0..3");
  }

  @Test
  void cross_entropy_is_the_negative_log_likelihood_of_the_classes_and_has_a_gradient() {
    // Given logits, some of them so far apart that a probability is 0
    double[] x = random(6, 5);
    x[7] = 300;
    int[] classes = {0, 4, 4, 2, 1, 3};
    INDArray logits = view(x, 6, 5);
    // When
    double nats = kernels.crossEntropy(logits, classes);
    kernels.crossEntropyGradient(logits, classes, 12);
    // Then
    double expected = 0;
    double[] gradient = new double[30];
    for (int row = 0; row < 6; row++) {
      double[] own = Arrays.copyOfRange(x, 5 * row, 5 * row + 5);
      double largest = Arrays.stream(own).max().orElseThrow();
      double sum = Arrays.stream(own).map(value -> Math.exp(value - largest)).sum();
      expected -= own[classes[row]] - largest - Math.log(sum);
      for (int k = 0; k < 5; k++) {
        double probability = Math.exp(own[k] - largest) / sum;
        gradient[5 * row + k] = (probability - (k == classes[row] ? 1 : 0)) / 12;
      }
    }
    assertThat(nats).isCloseTo(expected, within(1000 * epsilon));
    assertThatArray(logits).isCloseTo(array(gradient, 6, 5), 64 * epsilon);
    assertThatThrownBy(() -> kernels.crossEntropy(logits, new int[] {0, 1, 2, 3, 4, 5}))
        .hasMessage("class 5: logits has columns 0..4");
    assertThatThrownBy(() -> kernels.crossEntropy(logits, new int[5]))
        .hasMessage("logits: expected 5 rows, one for each class, but was [6, 5]");
  }

  @Test
  void a_search_compares_rows_of_one_length() {
    INDArray x = FloatArrays.of(new float[] {0, 0, 3, 4}, 2, 2);
    INDArray table = FloatArrays.of(new float[] {9, 9, 3, 3, 1, 0}, 3, 2);
    assertThat(kernels.nearestRows(x, table)).containsExactly(2, 1);
    assertThatThrownBy(() -> kernels.nearestRows(x, FloatArrays.of(new float[6], 2, 3)))
        .hasMessage("x has rows of 2 values but table has rows of 3");
  }

  record Factors(int m, int k, int n, boolean aTransposed, boolean bTransposed) {}

  static Stream<Factors> factors() {
    return Stream.of(false, true)
        .flatMap(a -> Stream.of(new Factors(5, 7, 3, a, false), new Factors(5, 7, 3, a, true)))
        .flatMap(
            f ->
                Stream.of(
                    f,
                    new Factors(16, 64, 32, f.aTransposed, f.bTransposed),
                    new Factors(1, 9, 4, f.aTransposed, f.bTransposed),
                    new Factors(6, 1, 1, f.aTransposed, f.bTransposed)));
  }

  private INDArray factor(double[] values, int rows, int columns, boolean transposed) {
    if (!transposed) {
      return view(values, rows, columns);
    }
    double[] flipped = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      flipped[i % columns * rows + i / columns] = values[i];
    }
    return view(flipped, columns, rows).transpose();
  }

  @Test
  void factors_that_do_not_fit_are_named() {
    assertThatThrownBy(
            () ->
                kernels.matMul(
                    Nd4j.zeros(type, 2, 3), Nd4j.zeros(type, 4, 5), Nd4j.zeros(type, 2, 5)))
        .hasMessage("c = a b: a is [2, 3], b is [4, 5], c is [2, 5]");
  }

  @Test
  void many_shapes_of_products_in_turn_give_what_they_give_alone() {
    // Given more shapes than a cache should hold
    for (int round = 0; round < 2; round++) {
      for (int m = 1; m <= 300; m++) {
        INDArray c = Nd4j.zeros(type, m, 2);
        // When
        kernels.matMul(Nd4j.ones(type, m, 3), Nd4j.ones(type, 3, 2), c);
        // Then
        assertThat(c.reshape(-1).toDoubleVector()).containsOnly(3);
      }
    }
  }

  @Test
  void relu_and_its_gradient_cut_at_zero() {
    // Given
    INDArray x = array(new double[] {-2, -0.5, 0, 0.5, 3}, 5);
    INDArray y = Nd4j.zeros(type, 5);
    INDArray gradient = array(new double[] {1, 2, 3, 4, 5}, 5);
    // When
    kernels.relu(x, y);
    kernels.relu(x, x);
    kernels.reluGradient(y, gradient);
    // Then
    assertThatArray(y).isEqualToArray(array(new double[] {0, 0, 0, 0.5, 3}, 5));
    assertThatArray(x).isEqualToArray(y);
    assertThatArray(gradient).isEqualToArray(array(new double[] {0, 0, 0, 4, 5}, 5));
  }

  @Test
  void clear_makes_zeros_and_leaves_what_is_beside_them() {
    INDArray all = array(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    kernels.clear(Views.view(all, 2, new long[] {1, 2}, new long[] {2, 1}));
    assertThatArray(all).isEqualToArray(array(new double[] {1, 2, 0, 0, 5, 6}, 3, 2));
  }

  @Test
  void add_adds_to_the_second() {
    INDArray y = view(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    kernels.add(view(new double[] {10, 20, 30, 40, 50, 60}, 2, 3), y);
    assertThatArray(y).isEqualToArray(array(new double[] {11, 22, 33, 44, 55, 66}, 2, 3));
  }

  @ParameterizedTest
  @MethodSource("gatedShapes")
  void gate_and_its_gradient_follow_their_formulas(long[] shape) {
    // Given
    int channels = (int) shape[shape.length - 1] / 2;
    long[] half = shape.clone();
    half[half.length - 1] = channels;
    double[] x = random(shape);
    double[] dy = random(half);
    INDArray y = array(random(half), half);
    INDArray dx = array(random(shape), shape);
    // When
    kernels.gate(view(x, shape), y);
    kernels.gateGradient(view(x, shape), view(dy, half), dx);
    // Then
    double[] expected = new double[dy.length];
    double[] expectedGradient = new double[x.length];
    for (int i = 0; i < dy.length; i++) {
      int first = i / channels * 2 * channels + i % channels;
      double t = Math.tanh(x[first]);
      double s = 1 / (1 + Math.exp(-x[first + channels]));
      expected[i] = t * s;
      expectedGradient[first] = dy[i] * s * (1 - t * t);
      expectedGradient[first + channels] = dy[i] * t * s * (1 - s);
    }
    assertThatArray(y).isCloseTo(array(expected, half), 8 * epsilon);
    assertThatArray(dx).isCloseTo(array(expectedGradient, shape), 16 * epsilon);
    // And the gradient may take the place of x
    INDArray inPlace = view(x, shape);
    kernels.gateGradient(inPlace, view(dy, half), inPlace);
    assertThatArray(inPlace).isEqualToArray(dx);
  }

  @Test
  void a_gate_of_two_arrays_is_their_product() {
    double[] t = random(5, 6);
    double[] s = random(5, 6);
    INDArray y = array(random(5, 6), 5, 6);
    kernels.gate(view(t, 5, 6), view(s, 5, 6), y);
    double[] expected = new double[30];
    Arrays.setAll(expected, i -> t[i] * s[i]);
    assertThatArray(y).isCloseTo(array(expected, 5, 6), 8 * epsilon);
  }

  @Test
  void a_gate_of_two_arrays_refuses_columns_of_others() {
    INDArray dense = array(random(5, 3), 5, 3);
    INDArray apart = columns(array(random(5, 8), 5, 8), 2, 3);
    String message = "expected a contiguous array in 'c' order but was [5, 3] with strides [8, 1]";
    assertThatThrownBy(() -> kernels.gate(apart, dense, dense.dup())).hasMessage("t: " + message);
    assertThatThrownBy(() -> kernels.gate(dense, apart, dense.dup())).hasMessage("s: " + message);
    assertThatThrownBy(() -> kernels.gate(dense, dense.dup(), apart)).hasMessage("y: " + message);
    assertThatThrownBy(() -> kernels.gateGradientInPlace(apart, dense, dense.dup()))
        .hasMessage("t: " + message);
  }

  @Test
  void the_gradient_of_a_gate_of_two_arrays_takes_their_place() {
    // Given
    double[] tanh = Arrays.stream(random(5, 6)).map(Math::tanh).toArray();
    double[] sigmoid = Arrays.stream(random(5, 6)).map(v -> 1 / (1 + Math.exp(-v))).toArray();
    double[] dy = random(5, 6);
    INDArray t = view(tanh, 5, 6);
    INDArray s = view(sigmoid, 5, 6);
    // When
    kernels.gateGradientInPlace(t, s, view(dy, 5, 6));
    // Then
    double[] filterGradient = new double[30];
    double[] gateGradient = new double[30];
    for (int i = 0; i < 30; i++) {
      filterGradient[i] = dy[i] * sigmoid[i] * (1 - tanh[i] * tanh[i]);
      gateGradient[i] = dy[i] * tanh[i] * sigmoid[i] * (1 - sigmoid[i]);
    }
    assertThatArray(t).isCloseTo(array(filterGradient, 5, 6), 16 * epsilon);
    assertThatArray(s).isCloseTo(array(gateGradient, 5, 6), 16 * epsilon);
  }

  static Stream<long[]> gatedShapes() {
    return Stream.of(
        new long[] {2}, new long[] {5, 6}, new long[] {33, 64}, new long[] {2, 3, 4, 10});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void row_minima_are_the_lowest_value_of_each_row(int columns) {
    // Given
    long[] shape = {3, 5, columns};
    double[] x = random(shape);
    INDArray y = array(random(15), 15);
    // When
    kernels.rowMinima(view(x, shape), y);
    // Then
    double[] expected = new double[15];
    for (int row = 0; row < expected.length; row++) {
      expected[row] = Arrays.stream(x, row * columns, (row + 1) * columns).min().orElseThrow();
    }
    assertThatArray(y).isCloseTo(array(expected, 15), 0);
  }

  @Test
  void log_softmax_is_normalised_and_survives_large_logits() {
    // Given rows of logits, far apart and far from zero
    long[] shape = {3, 4, 11};
    double[] x = random(shape);
    for (int i = 0; i < x.length; i++) {
      x[i] = 20 * x[i] + 500;
    }
    INDArray y = array(random(shape), shape);
    INDArray inPlace = view(x, shape);
    // When
    kernels.logSoftmax(view(x, shape), y);
    kernels.logSoftmax(inPlace, inPlace);
    // Then
    double[] expected = new double[x.length];
    for (int row = 0; row < x.length; row += 11) {
      double sum = 0;
      for (int i = row; i < row + 11; i++) {
        sum += Math.exp(x[i] - 500);
      }
      for (int i = row; i < row + 11; i++) {
        expected[i] = x[i] - 500 - Math.log(sum);
      }
    }
    // the logits themselves are rounded at 500
    assertThatArray(y).isCloseTo(array(expected, shape), 2 * 600 * epsilon);
    assertThatArray(inPlace).isCloseTo(y, 600 * epsilon);
  }
}
