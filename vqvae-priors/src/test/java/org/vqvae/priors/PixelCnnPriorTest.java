package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
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
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.PriorContract;

class PixelCnnPriorTest extends PriorContract {
  private static final Scope SCOPE = Scope.root(new RandomStreams(1));

  @Override
  protected Prior prior(Kernels kernels) {
    return new PixelCnnPrior(new PixelCnnPrior.Settings(4, 3, 5, 3, 6, 3), kernels);
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

  @Test
  void no_code_before_a_position_is_out_of_sight() {
    // Given enough layers for the whole of a 6x6 grid
    CodeShape shape = CodeShape.of(new Grid(6, 6), 5);
    PriorNetwork network =
        new PixelCnnPrior(new PixelCnnPrior.Settings(4, 6, 3, 3, 6, 3), new NativeKernels())
            .build(shape, Conditions.NONE, SCOPE);
    ParameterVector.allocate(network.parameters(), DataType.DOUBLE)
        .initialize(RandomStream.of(1, "parameters"));
    int[] codes = new int[36];
    INDArray before = logits(network, Codes.of(shape, codes));
    for (int changed = 0; changed < 36; changed++) {
      // When any one code changes
      int[] other = codes.clone();
      other[changed] = 1;
      INDArray change = logits(network, Codes.of(shape, other)).sub(before);
      // Then the logits of every later position change
      for (int later = changed + 1; later < 36; later++) {
        assertThat(change.getRow(later).amaxNumber().doubleValue())
            .as("position %d sees the code at %d", later, changed)
            .isPositive();
      }
    }
  }

  private static INDArray logits(PriorNetwork network, Codes codes) {
    return network.logits(codes, Condition.NONE, Phase.EVAL).only().dup();
  }

  @Test
  void a_coarser_code_is_seen_from_the_rows_below_it_on() {
    // Given a prior of 4x4 codes that is conditioned on 2x2 codes
    CodeShape shape = CodeShape.of(new Grid(4, 4), 5);
    CodeShape coarser = CodeShape.of(new Grid(2, 2), 3);
    PriorNetwork network =
        prior(new NativeKernels()).build(shape, Conditions.NONE.withCoarser(coarser), SCOPE);
    ParameterVector.allocate(network.parameters(), DataType.DOUBLE)
        .initialize(RandomStream.of(1, "parameters"));
    Codes codes = Codes.of(shape, new int[16]);
    // When the coarser code at the lower right changes
    INDArray before = logits(network, codes, Codes.of(coarser, 0, 0, 0, 0));
    INDArray change = logits(network, codes, Codes.of(coarser, 0, 0, 0, 1)).sub(before);
    // Then the upper rows expect what they did, and the four positions below it do not
    double[] changes = change.amax(1).toDoubleVector();
    assertThat(changes).startsWith(new double[8]);
    for (int below : new int[] {10, 11, 14, 15}) {
      assertThat(changes[below]).isPositive();
    }
  }

  private static INDArray logits(PriorNetwork network, Codes codes, Codes coarser) {
    return network.logits(codes, Condition.NONE.withCoarser(coarser), Phase.EVAL).only().dup();
  }

  @Test
  void has_the_parameters_of_the_peer_less_one_redundant_bias_per_layer() {
    PriorNetwork network =
        new PixelCnnPrior(new PixelCnnPrior.Settings(128, 15, 7, 3, 512, 32), new NativeKernels())
            .build(CodeShape.of(new Grid(8, 8), 512), Conditions.NONE, SCOPE);
    long count = network.parameters().stream().mapToLong(Parameter::length).sum();
    // an implementation with a bias on the link too has 6,092,928
    assertThat(count).isEqualTo(6_092_928 - 15 * 256);
  }

  @Test
  void a_grid_that_has_no_rows_and_columns_is_refused() {
    assertThatThrownBy(() -> build(CodeShape.of(new Grid(250), 5), Conditions.NONE))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "prior \"pixelcnn\" models codes in rows and columns, but these codes' grid is 250,"
                + " with 1 dimension; choose prior \"wavenet\", which models any grid, or an"
                + " encoder of pictures");
  }

  @Test
  void several_codebooks_or_maps_are_refused_and_the_prior_that_can_do_them_is_named() {
    assertThatThrownBy(() -> build(CodeShape.of(new Grid(4, 4), List.of(5, 3)), Conditions.NONE))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "prior \"pixelcnn\" models one map of one codebook and cannot do several codebooks, but"
                + " these codes are 4x4 of K = 5, 3; choose prior \"wavenet\", which models the"
                + " codebooks of a map in turn");
    CodeShape maps =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(2, 2), List.of(5)),
                new CodeMap("bottom", new Grid(4, 4), List.of(5))));
    assertThatThrownBy(() -> build(maps, Conditions.NONE))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("these codes are top 2x2 of K = 5 and bottom 4x4 of K = 5");
  }

  @Test
  void coarser_codes_without_rows_and_columns_are_refused() {
    Conditions coarser = Conditions.NONE.withCoarser(CodeShape.of(new Grid(8), 5));
    assertThatThrownBy(() -> build(CodeShape.of(new Grid(4, 4), 5), coarser))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "codes on a grid of 4x4 cannot be conditioned on codes on a grid of 8: both need the"
                + " same number of dimensions");
  }

  private PriorNetwork build(CodeShape shape, Conditions conditions) {
    return prior(new NativeKernels()).build(shape, conditions, SCOPE);
  }

  @Test
  void kernels_without_a_middle_are_refused() {
    assertThatThrownBy(() -> new PixelCnnPrior.Settings(4, 3, 6, 3, 6, 3))
        .hasMessage("firstKernel must be odd and at least 3 but was 6");
  }

  @Test
  void sampling_ends_with_the_grid() {
    PriorNetwork network = build(CodeShape.of(new Grid(1, 1), 5), Conditions.NONE);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT);
    PriorNetwork.CodeStream stream = network.stream(1, Condition.NONE);
    stream.accept(new int[] {0});
    assertThatThrownBy(stream::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("all 1 codes of 1x1 of K = 5 are known: there is no next one");
  }
}
