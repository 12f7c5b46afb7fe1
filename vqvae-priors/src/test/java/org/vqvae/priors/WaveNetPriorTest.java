package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.kernel.OneDnnKernels;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.PriorContract;
import org.vqvae.core.testing.RandomCodes;
import org.vqvae.core.wavenet.Alphabet;
import org.vqvae.core.wavenet.WaveNet;
import org.vqvae.core.wavenet.WaveNetSettings;

class WaveNetPriorTest {
  private static final WaveNetSettings SIZE = new WaveNetSettings(2, 3, 6, 9);
  private static final Conditions TWO_CLASSES = Conditions.ofClasses(2);

  private static Prior small(Kernels kernels) {
    return new WaveNetPrior(new WaveNetPrior.Settings(SIZE, 4), kernels);
  }

  private static Scope scope() {
    return Scope.root(new RandomStreams(1)).child("prior");
  }

  private abstract static class Contract extends PriorContract {
    @Override
    protected Prior prior(Kernels kernels) {
      return new WaveNetPrior(
          new WaveNetPrior.Settings(new WaveNetSettings(1, 3, 4, 5), 4), kernels);
    }

    @Override
    protected boolean looksBack() {
      return true;
    }

    @Override
    protected boolean conditional() {
      return true;
    }

    @Override
    protected boolean seesCoarser() {
      return true;
    }

    @Override
    protected boolean severalCodebooks() {
      return true;
    }
  }

  @Nested
  class OverPictures extends Contract {}

  @Nested
  class OverSound extends Contract {
    @Override
    protected Grid grid() {
      return new Grid(13);
    }

    @Override
    protected Grid tinyGrid() {
      return new Grid(4);
    }
  }

  /** What a WaveNet is computes these logits, see WaveNetLoopTest; here the order is at stake. */
  @Test
  void codes_of_several_codebooks_are_one_sequence_of_symbols_position_by_position() {
    // Given two positions of codebooks of 5 and 3 codes, and a WaveNet of 8 symbols alike
    CodeShape shape = CodeShape.of(new Grid(2), List.of(5, 3));
    PriorNetwork network =
        initialized(small(new NativeKernels()).build(shape, TWO_CLASSES, scope()));
    WaveNet wavenet =
        new WaveNet(scope(), new NativeKernels(), SIZE, Alphabet.ofCodes(List.of(5, 3)), 0, 2);
    ParameterVector.allocate(wavenet.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "parameters"));
    // When the network looks at codes 4 and 0, then 1 and 2, and the WaveNet at their symbols
    Logits logits = network.logits(Codes.of(shape, 4, 0, 1, 2), Condition.ofLabels(1), Phase.EVAL);
    INDArray steps = wavenet.logits(new int[] {4, 5 + 0, 1, 5 + 2}, 1, null, new int[] {1});
    // Then the first table is of steps 0 and 2, and the second of the first 3 logits of 1 and 3
    assertThatArray(steps).hasShape(4, 5);
    assertThat(logits.tables()).hasSize(2);
    for (int position = 0; position < 2; position++) {
      float[] first = logits.tables().get(0).getRow(position).dup().toFloatVector();
      float[] second = logits.tables().get(1).getRow(position).dup().toFloatVector();
      assertThat(first).isEqualTo(steps.getRow(2L * position).dup().toFloatVector());
      assertThat(second)
          .isEqualTo(Arrays.copyOf(steps.getRow(2L * position + 1).dup().toFloatVector(), 3));
    }
  }

  @Test
  void a_coarser_code_is_seen_from_the_first_position_below_it_on() {
    // Given a prior of 4x4 codes that is conditioned on 2x2 codes
    CodeShape shape = CodeShape.of(new Grid(4, 4), 5);
    CodeShape coarser = CodeShape.of(new Grid(2, 2), 3);
    PriorNetwork network =
        initialized(
            small(new NativeKernels()).build(shape, Conditions.NONE.withCoarser(coarser), scope()));
    Codes codes = Codes.of(shape, new int[16]);
    // When the coarser code at the lower right changes
    INDArray before = logits(network, codes, Codes.of(coarser, 0, 0, 0, 0));
    INDArray change = logits(network, codes, Codes.of(coarser, 0, 0, 0, 1)).sub(before);
    // Then nothing changes before row 2, column 2, and all four positions below it do
    double[] changes = change.amax(1).castTo(DataType.DOUBLE).toDoubleVector();
    assertThat(changes).startsWith(new double[10]);
    for (int below : new int[] {10, 11, 14, 15}) {
      assertThat(changes[below]).isPositive();
    }
  }

  private static INDArray logits(PriorNetwork network, Codes codes, Codes coarser) {
    return network.logits(codes, Condition.NONE.withCoarser(coarser), Phase.EVAL).only().dup();
  }

  @Test
  void several_maps_are_refused() {
    CodeShape maps =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(2), List.of(5)),
                new CodeMap("bottom", new Grid(4), List.of(5))));
    assertThatThrownBy(() -> small(new NativeKernels()).build(maps, Conditions.NONE, scope()))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "prior \"wavenet\" models the codes of one map, but there are 2 (top 2 of K = 5 and"
                + " bottom 4 of K = 5): build one network for each map");
  }

  @Test
  void parameters_are_named_after_the_place_and_first_values_keep_their_order() {
    CodeShape shape = CodeShape.of(new Grid(4), 5);
    Conditions conditions = TWO_CLASSES.withCoarser(CodeShape.of(new Grid(2), 3));
    List<Parameter> parameters =
        new WaveNetPrior(
                new WaveNetPrior.Settings(new WaveNetSettings(1, 2, 6, 9), 4), new NativeKernels())
            .build(shape, conditions, scope())
            .parameters();
    assertThat(parameters)
        .extracting(Parameter::toString)
        .containsExactly(
            "prior/embedding/w[5, 6]",
            "prior/layer0/filter/w[2, 6, 6]",
            "prior/layer0/filter/b[6]",
            "prior/layer0/filter/v[6, 6]",
            "prior/layer0/gate/w[2, 6, 6]",
            "prior/layer0/gate/b[6]",
            "prior/layer0/gate/v[6, 6]",
            "prior/layer0/residual/w[6, 6]",
            "prior/layer0/residual/b[6]",
            "prior/layer1/filter/w[2, 6, 6]",
            "prior/layer1/filter/b[6]",
            "prior/layer1/filter/v[6, 6]",
            "prior/layer1/gate/w[2, 6, 6]",
            "prior/layer1/gate/b[6]",
            "prior/layer1/gate/v[6, 6]",
            "prior/skip/w[12, 9]",
            "prior/skip/b[9]",
            "prior/head/hidden/w[9, 9]",
            "prior/head/hidden/b[9]",
            "prior/head/logits/w[9, 5]",
            "prior/head/logits/b[5]",
            "prior/coarser/w[3, 4]");
  }

  /** 2,100 steps of two sequences are more rows than a span. */
  @ParameterizedTest
  @ValueSource(ints = {20, 2100})
  void onednn_computes_what_the_native_operations_do(int steps) {
    // Given networks of equal parameters, whose dilations reach 4
    try (OneDnnKernels onednn = new OneDnnKernels()) {
      PriorNetwork one = network(new NativeKernels(), steps);
      PriorNetwork two = network(onednn, steps);
      Codes codes =
          RandomCodes.of(CodeShape.of(new Grid(steps), 40), 2, RandomStream.of(3, "codes"));
      Condition classes = Condition.ofLabels(0, 1);
      // When both compute the same logits and gradients in FLOAT
      INDArray logits = one.logits(codes, classes, Phase.TRAIN).only();
      INDArray others = two.logits(codes, classes, Phase.TRAIN).only();
      // Then they agree
      assertThatArray(others).isCloseTo(logits, 1e-5);
      INDArray gradient = logits.div(steps);
      one.backward(Logits.of(gradient.dup()));
      two.backward(Logits.of(gradient.dup()));
      for (int i = 0; i < one.parameters().size(); i++) {
        assertThatArray(two.parameters().get(i).gradient())
            .isCloseTo(one.parameters().get(i).gradient(), 1e-3 / 20);
      }
    }
  }

  private static PriorNetwork network(Kernels kernels, int steps) {
    return initialized(
        small(kernels).build(CodeShape.of(new Grid(steps), 40), TWO_CLASSES, scope()));
  }

  private static PriorNetwork initialized(PriorNetwork network) {
    ParameterVector.allocate(network.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "parameters"));
    return network;
  }

  @Test
  void a_step_sees_as_far_back_as_the_receptive_field_and_no_further() {
    assertThat(SIZE.receptiveField()).isEqualTo(15);
    CodeShape shape = CodeShape.of(new Grid(20), 40);
    PriorNetwork network = network(new NativeKernels(), 20);
    int[] codes = new int[20];
    INDArray before = lastLogits(network, Codes.of(shape, codes));
    for (int changed = 0; changed < 19; changed++) {
      // When one code changes
      int[] other = codes.clone();
      other[changed] = 1;
      INDArray after = lastLogits(network, Codes.of(shape, other));
      // Then the last step sees it if it is one of the 15 before
      assertThat(after.sub(before).amaxNumber().doubleValue() > 0)
          .as("sees the code at %d", changed)
          .isEqualTo(changed >= 19 - 15);
    }
  }

  private static INDArray lastLogits(PriorNetwork network, Codes codes) {
    return network.logits(codes, Condition.ofLabels(0), Phase.EVAL).only().getRow(19).dup();
  }

  @Test
  void examples_get_the_logits_that_each_gets_alone_however_threads_share_them() {
    // Given five examples of two classes
    PriorNetwork network = network(new NativeKernels(), 6);
    int[] labels = {0, 1, 1, 0, 1};
    PriorNetwork.CodeStream together = network.stream(5, Condition.ofLabels(labels));
    PriorNetwork.CodeStream[] alone =
        Arrays.stream(labels)
            .mapToObj(label -> network.stream(1, Condition.ofLabels(label)))
            .toArray(PriorNetwork.CodeStream[]::new);
    for (int position = 0; position < 6; position++) {
      int[] codes = {position, 7, 3 * position, 20, 39 - position};
      float[] logits = together.next();
      for (int n = 0; n < 5; n++) {
        // When each is drawn alone, then its logits are the same to the bit
        assertThat(Arrays.copyOfRange(logits, 40 * n, 40 * (n + 1))).isEqualTo(alone[n].next());
        alone[n].accept(new int[] {codes[n]});
      }
      together.accept(codes);
    }
  }

  @Test
  void sampling_ends_with_the_grid() {
    PriorNetwork network =
        small(new NativeKernels())
            .build(CodeShape.of(new Grid(1), List.of(5, 3)), Conditions.NONE, scope());
    ParameterVector.allocate(network.parameters(), DataType.FLOAT);
    PriorNetwork.CodeStream stream = network.stream(1, Condition.NONE);
    stream.accept(new int[] {0});
    stream.accept(new int[] {2});
    assertThatThrownBy(stream::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("all 2 codes of 1 of K = 5, 3 are known: there is no next one");
  }
}
