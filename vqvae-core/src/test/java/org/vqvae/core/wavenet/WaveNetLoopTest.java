package org.vqvae.core.wavenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.Slopes;

/** WaveNet against its equations, written as plain loops over one sequence. */
class WaveNetLoopTest {
  private static final WaveNetSettings SETTINGS = new WaveNetSettings(2, 4, 3, 4);
  private static final Scope SCOPE = Scope.root(new RandomStreams(1)).child("net");
  private static final int CODES = 5;
  private static final int STEPS = 18;

  private final List<Parameter> parameters = new ArrayList<>();
  private final Map<String, double[][]> matrices = new HashMap<>();
  private Workers workers = Workers.caller();

  @AfterEach
  void close() {
    workers.close();
  }

  /**
   * Blocks have 640 to 1,536 rows: 18 steps of two sequences are one, 2,052 are four, 4,110 six. So
   * of 32 workers most have nothing to do.
   */
  @ParameterizedTest
  @CsvSource({
    "18, 1, 6",
    "2052, 1, 6",
    "4110, 1, 6",
    "18, 32, 6",
    "4110, 3, 6",
    "18, 1, 18",
    "2052, 2, 2052"
  })
  void logits_are_those_of_the_equations(int steps, int threads, int frames) {
    // Given two sequences, each with vectors of features that hold for one or more steps
    WaveNet network = network(threads, 2, 0);
    int[] codes = codes(2 * steps);
    INDArray features = Slopes.random("features", 2, frames, 2);
    // When the network and the loops compute logits
    INDArray logits = network.logits(codes, 2, features, new int[0]);
    // Then they agree
    for (int n = 0; n < 2; n++) {
      double[][] loops =
          loops(codes, n * steps, steps, features.slice(n).dup('c').toDoubleMatrix());
      for (int t = 0; t < steps; t++) {
        assertThat(logits.getRow((long) n * steps + t).dup().toDoubleVector())
            .as("sequence %d, step %d", n, t)
            .containsExactly(loops[t], within(1e-10));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_dilation_may_reach_over_whole_blocks(int threads) {
    // Given 600 sequences, of which a dilation of 8 steps is 4,800 rows
    int sequences = 600;
    WaveNet network = network(threads, 2, 0);
    int[] codes = codes(sequences * STEPS);
    INDArray features =
        Nd4j.linspace(DataType.DOUBLE, -1, 0.01, 2L * sequences).reshape(sequences, 1, 2);
    // When
    INDArray logits = network.logits(codes, sequences, features, new int[0]);
    // Then the first and the last agree with the loops
    for (int n : new int[] {0, sequences - 1}) {
      double[][] loops =
          loops(codes, n * STEPS, STEPS, features.slice(n).dup('c').toDoubleMatrix());
      for (int t = 0; t < STEPS; t++) {
        assertThat(logits.getRow((long) n * STEPS + t).dup().toDoubleVector())
            .as("sequence %d, step %d", n, t)
            .containsExactly(loops[t], within(1e-10));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 18, 1, 2, 6, 0",
    "2, 2051, 1, 0, 0, 0",
    "2, 2052, 1, 2, 6, 3",
    "2, 2051, 1, 0, 0, 3",
    "2, 18, 3, 2, 6, 3",
    "2, 18, 32, 0, 0, 0",
    "2, 2051, 2, 0, 0, 3",
    "2, 2052, 2, 2, 6, 3",
    "2, 18, 3, 2, 18, 3",
    "1, 18, 1, 2, 6, 3",
    "1, 4110, 2, 2, 6, 3",
    "1, 4110, 3, 0, 0, 0",
    "1, 8220, 3, 0, 0, 0"
  })
  void gradients_agree_with_finite_differences(
      int sequences, int steps, int threads, int features, int frames, int classes) {
    // Given a loss: the sum of the logits, each with a weight of its own
    WaveNet network = network(threads, features, classes);
    int[] codes = codes(sequences * steps);
    INDArray vectors =
        features == 0 ? null : Slopes.random("features", sequences, frames, features);
    int[] labels = classes == 0 ? new int[0] : Arrays.copyOf(new int[] {2, 0}, sequences);
    INDArray weights = Slopes.random("weights", codes.length, CODES);
    // When it is passed back
    parameters.forEach(parameter -> parameter.gradient().assign(3));
    network.logits(codes, sequences, vectors, labels);
    network.backward(weights.dup());
    INDArray first = gradients();
    INDArray logits = network.logits(codes, sequences, vectors, labels);
    network.backward(logits.assign(weights));
    // Then it does not matter whether it lies where the logits were
    assertThatArray(gradients()).isCloseTo(first, 0);
    // And parameters and features have its slope
    INDArray vectorsGradient = vectors == null ? null : network.featuresGradient().dup();
    Slopes slopes =
        new Slopes(
                () ->
                    network
                        .logits(codes, sequences, vectors, labels)
                        .mul(weights)
                        .sumNumber()
                        .doubleValue())
            .withStep(1e-6) // thousands of ReLUs: a longer step crosses the kink of some
            .withTolerance(1e-5, 1e-5)
            .withPlaces(3);
    slopes.agreeWith(parameters);
    if (vectors != null && vectorsGradient != null) {
      slopes.agreeWith("features", vectors, vectorsGradient);
    }
  }

  private INDArray gradients() {
    return Nd4j.concat(
        0,
        parameters.stream()
            .map(it -> it.gradient().reshape(it.gradient().length()))
            .toArray(INDArray[]::new));
  }

  /** With biases too, so that no ReLU sits on its kink. */
  private WaveNet network(int threads, int features, int classes) {
    workers = new KernelsFactory(Backend.start()).workers("native", DataType.FLOAT, threads);
    WaveNet network =
        new WaveNet(
            SCOPE, workers.kernels(0), SETTINGS, Alphabet.ofCodes(CODES), features, classes);
    parameters.addAll(network.parameters());
    ParameterVector vector = ParameterVector.allocate(parameters, DataType.DOUBLE);
    vector.initialize(RandomStream.of(1, "values"));
    RandomStream random = RandomStream.of(4, "biases");
    double[] values = new double[(int) vector.values().length()];
    Arrays.setAll(values, i -> 0.1 * random.nextGaussian());
    vector.values().addi(Nd4j.createFromArray(values).reshape(vector.values().shape()));
    return network;
  }

  private static int[] codes(int count) {
    int[] codes = RandomStream.of(2, "codes").permutation(count);
    Arrays.setAll(codes, i -> codes[i] % CODES);
    return codes;
  }

  @Test
  void gradients_do_not_depend_on_how_many_compute_them() {
    // Given ten blocks
    INDArray weights = Slopes.random("weights", 2 * 7500, CODES);
    List<INDArray> gradients = new ArrayList<>();
    for (int threads = 1; threads <= 5; threads++) {
      // When
      WaveNet network = network(threads, 0, 0);
      network.logits(codes(2 * 7500), 2, null, new int[0]);
      network.backward(weights.dup());
      gradients.add(gradients());
      workers.close();
      parameters.clear();
    }
    // Then
    assertThat(gradients).allSatisfy(one -> assertThatArray(one).isEqualToArray(gradients.get(0)));
  }

  private double[][] loops(int[] codes, int from, int steps, double[][] features) {
    double[][] x = new double[steps][3];
    for (int t = 1; t < steps; t++) {
      x[t] = matrix("net/embedding/w")[codes[from + t - 1]].clone();
    }
    double[][] skips = new double[steps][4];
    for (double[] skip : skips) {
      add(skip, vector("net/skip/b"));
    }
    for (int layer = 0; layer < 8; layer++) {
      double[][] skip = rows(matrix("net/skip/w"), 3 * layer);
      x = layer("net/layer" + layer, 1 << layer % 4, x, features, skip, skips, layer < 7);
    }
    double[][] logits = new double[steps][];
    for (int t = 0; t < steps; t++) {
      double[] h = vector("net/head/hidden/b").clone();
      add(h, times(relu(skips[t]), matrix("net/head/hidden/w")));
      logits[t] = vector("net/head/logits/b").clone();
      add(logits[t], times(relu(h), matrix("net/head/logits/w")));
    }
    return logits;
  }

  private double[][] layer(
      String name,
      int d,
      double[][] x,
      double[][] features,
      double[][] skip,
      double[][] skips,
      boolean hasNext) {
    int steps = x.length;
    double[][] next = new double[steps][];
    double[][] residual = hasNext ? matrix(name + "/residual/w") : new double[0][];
    double[][] f = convolution(name + "/filter", d, x, features);
    double[][] g = convolution(name + "/gate", d, x, features);
    for (int t = 0; t < steps; t++) {
      double[] z = new double[3];
      for (int i = 0; i < 3; i++) {
        z[i] = Math.tanh(f[t][i]) / (1 + Math.exp(-g[t][i]));
      }
      add(skips[t], times(z, skip));
      next[t] = x[t].clone();
      if (hasNext) {
        add(next[t], times(z, residual));
        add(next[t], vector(name + "/residual/b"));
      }
    }
    return next;
  }

  private double[][] convolution(String name, int d, double[][] x, double[][] features) {
    double[][] taps = matrix(name + "/w");
    double[][] v = matrix(name + "/v");
    double[][] a = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      a[t] = vector(name + "/b").clone();
      add(a[t], times(x[t], rows(taps, 3)));
      if (t >= d) {
        add(a[t], times(x[t - d], rows(taps, 0)));
      }
      add(a[t], times(features[t / (x.length / features.length)], v));
    }
    return a;
  }

  private static double[][] rows(double[][] matrix, int from) {
    return Arrays.copyOfRange(matrix, from, from + 3);
  }

  /** The parameter's values, read once: no test changes them before the loops run. */
  private double[][] matrix(String name) {
    return matrices.computeIfAbsent(
        name,
        it ->
            parameters.stream()
                .filter(parameter -> parameter.name().equals(it))
                .map(Parameter::value)
                .map(value -> value.dup().reshape(-1, value.size(-1)).toDoubleMatrix())
                .findFirst()
                .orElseThrow());
  }

  private double[] vector(String name) {
    return matrix(name)[0];
  }

  private static double[] relu(double[] x) {
    return Arrays.stream(x).map(v -> Math.max(v, 0)).toArray();
  }

  private static double[] times(double[] x, double[][] w) {
    double[] y = new double[w[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        y[j] += x[i] * w[i][j];
      }
    }
    return y;
  }

  private static void add(double[] y, double[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += x[i];
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-30, -9.2f, -3, -0.7f, -1e-4f, 0, 1e-6f, 0.3f, 1, 2.5f, 6, 9, 50})
  void tanh_without_a_table_is_tanh(float x) {
    assertThat((double) Activations.tanh(x)).isCloseTo(Math.tanh(x), within(4e-7));
  }

  @Test
  void a_sampler_sees_the_logits_of_the_full_pass_under_changing_features() {
    // Given a network that is conditioned on features and a class
    WaveNet network =
        new WaveNet(SCOPE, new NativeKernels(), SETTINGS, Alphabet.ofCodes(CODES), 2, 3);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "values"));
    int[] codes = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      codes[i] = i * i % CODES;
    }
    INDArray features = Nd4j.linspace(DataType.FLOAT, -1, 0.2, 12).reshape(1, 6, 2);
    INDArray full = network.logits(codes, 1, features, new int[] {2});
    // When the same codes are accepted one after another
    WaveNetSampler sampler = new WaveNetSampler(network.export(), 1);
    for (int t = 0; t < STEPS; t++) {
      if (t % 3 == 0) {
        float[] now = {features.getFloat(0, t / 3, 0), features.getFloat(0, t / 3, 1), 0, 0, 1};
        sampler.condition(new float[][] {now});
      }
      // Then each step's logits are those of the full pass
      assertThatArray(Nd4j.createFromArray(sampler.next()[0]))
          .isCloseTo(full.getRow(t).dup(), 1e-5);
      sampler.accept(new int[] {codes[t]});
    }
  }
}
