package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.array;
import static org.vqvae.quantizers.Given.bound;
import static org.vqvae.quantizers.Given.codes;
import static org.vqvae.quantizers.Given.gaussian;
import static org.vqvae.quantizers.Given.parameter;
import static org.vqvae.quantizers.Given.residual;
import static org.vqvae.quantizers.Given.row;
import static org.vqvae.quantizers.Given.scope;
import static org.vqvae.quantizers.Given.step;
import static org.vqvae.quantizers.Given.term;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.nn.Parameter;

class ResidualQuantizerTest {
  private static final int[] NO_CODES = {};

  private static Quantizer level(int number, double beta, double[]... rows) {
    return new Given.Nearest(rows.length, rows[0].length, beta)
        .at(scope(1).child("level-" + number), codes(rows), Given.KEEP);
  }

  private static double[][] random(long seed, int rows, int dim) {
    return gaussian(seed, rows, dim).toDoubleMatrix();
  }

  @Nested
  @DisplayName("Two books of two dimensions, by the formulas of SoundStream")
  class Reference {
    private final Quantizer quantizer =
        bound(
            residual(
                scope(1),
                0,
                level(1, 1, row(1, 0), row(0, 1), row(-1, 0), row(0, -1)),
                level(2, 1, row(.25, -.25), row(.25, .25), row(-.25, .25), row(-.25, -.25))));
    private final INDArray x = array(row(1.3, -.4));

    @Test
    void codes_and_values_are_those_of_what_each_level_leaves() {
      Bottled result = quantizer.apply(x, Phase.TRAIN);
      assertThat(result.codes()).containsExactly(0, 0);
      assertThatArray(result.values()).isEqualToArray(array(row(1.25, -.25)));
    }

    @Test
    void the_error_falls_with_every_level() {
      assertThatArray(quantizer.lookup(new int[] {0}, 1)).isEqualToArray(array(row(1, 0)));
      assertThat(squaredError(quantizer.lookup(new int[] {0}, 1))).isCloseTo(.25, within(1e-6));
      assertThat(squaredError(quantizer.lookup(new int[] {0, 0}, 2))).isCloseTo(.025, within(1e-6));
    }

    private double squaredError(INDArray values) {
      return Math.pow(x.distance2(values), 2);
    }

    @Test
    void terms_are_the_sums_over_the_levels() {
      Bottled result = quantizer.apply(x, Phase.TRAIN);
      assertThat(result.terms())
          .extracting(Term::name)
          .containsExactlyInAnyOrder("codebook", "commitment");
      assertThat(term(result, "codebook")).isCloseTo(.125 + .0125, within(1e-6));
      assertThat(term(result, "commitment")).isCloseTo(.125 + .0125, within(1e-6));
    }

    @Test
    void commitments_of_all_levels_reach_the_latents() {
      INDArray gradient = quantizer.apply(x, Phase.TRAIN).pullback().apply(array(row(0, 0)), 1);
      assertThatArray(gradient).isCloseTo(array(row(.35, -.55)), 5e-6);
    }

    @Test
    void the_tasks_gradient_passes_once_however_many_levels_there_are() {
      INDArray gradient = quantizer.apply(x, Phase.TRAIN).pullback().apply(array(row(1, -3)), 0);
      assertThatArray(gradient).isEqualToArray(array(row(1, -3)));
    }
  }

  @Test
  void a_residual_of_one_level_is_that_level_bit_for_bit() {
    // Given
    INDArray latents = gaussian(2, 40, 3);
    Given.Ema numbers = new Given.Ema(8, 3, 0.25, 0.9, 1e-5);
    Quantizer alone = bound(numbers.at(scope(1), Given.NORMAL, Given.restart(0.5)));
    Quantizer only =
        bound(residual(scope(1), 0.5, numbers.at(scope(1), Given.NORMAL, Given.restart(0.5))));
    for (int i = 0; i < 3; i++) {
      // When
      Bottled expected = step(alone, latents);
      Bottled result = step(only, latents);
      // Then
      assertThat(result.codes()).isEqualTo(expected.codes());
      assertThatArray(result.values()).isEqualToArray(expected.values());
      assertThat(result.terms()).isEqualTo(expected.terms());
      INDArray task = gaussian(5, 40, 3);
      assertThatArray(result.pullback().apply(task.dup(), 3))
          .isEqualToArray(expected.pullback().apply(task.dup(), 3));
      assertThatArray(parameter(only, "codebook")).isEqualToArray(parameter(alone, "codebook"));
    }
  }

  @Test
  void the_error_never_grows_with_the_levels_if_each_holds_the_zero_vector() {
    // Given random codebooks with a zero vector each
    Quantizer quantizer =
        bound(residual(scope(1), 0, withZero(1), withZero(2), withZero(3), withZero(4)));
    INDArray latents = gaussian(7, 200, 3);
    Codes codes =
        Codes.of(
            CodeShape.of(new Grid(200), quantizer.codebookSizes()),
            quantizer.apply(latents, Phase.EVAL).codes());
    double[] before = latents.norm2(1).toDoubleVector();
    // When decoded from more and more levels, then no latent is further away
    for (int depth = 1; depth <= 4; depth++) {
      double[] errors =
          latents
              .sub(quantizer.lookup(codes.truncated(depth).values(), depth))
              .norm2(1)
              .toDoubleVector();
      for (int i = 0; i < errors.length; i++) {
        assertThat(errors[i]).isLessThanOrEqualTo(before[i] + 1e-6);
      }
      assertThat(Arrays.stream(errors).sum()).isLessThan(Arrays.stream(before).sum());
      before = errors;
    }
  }

  private static Quantizer withZero(int number) {
    double[][] rows = random(number, 16, 3);
    Arrays.fill(rows[5], 0);
    return level(number, 0.25, rows);
  }

  @Test
  void every_codebook_learns_from_what_the_former_levels_left_as_if_alone() {
    // Given two levels, and the second alone
    double[][] first = random(1, 6, 3);
    double[][] second = random(2, 4, 3);
    Quantizer both = bound(residual(scope(1), 0, level(1, .25, first), level(2, .25, second)));
    Quantizer alone = bound(level(2, .25, second));
    INDArray latents = gaussian(3, 30, 3);
    Bottled result = both.apply(latents, Phase.TRAIN);
    INDArray rest = latents.sub(both.lookup(column(result.codes(), 0), 1));
    // When
    result.pullback().apply(gaussian(4, 30, 3), 2);
    Bottled expected = alone.apply(rest, Phase.TRAIN);
    expected.pullback().apply(gaussian(4, 30, 3), 2);
    // Then
    assertThat(column(result.codes(), 1)).isEqualTo(expected.codes());
    assertThat(gradient(both, "level-1/codebook").norm2Number().doubleValue()).isPositive();
    assertThatArray(gradient(both, "level-2/codebook"))
        .isEqualToArray(gradient(alone, "level-2/codebook"));
  }

  private static int[] column(int[] codes, int level) {
    return IntStream.range(0, codes.length / 2).map(i -> codes[2 * i + level]).toArray();
  }

  private static INDArray gradient(Quantizer quantizer, String name) {
    return quantizer.parameters().stream()
        .filter(it -> it.name().equals("quantizer/" + name))
        .map(Parameter::gradient)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_residual_within_a_residual_codes_like_its_levels_in_a_row() {
    // Given
    double[][] a = random(1, 5, 3);
    double[][] b = random(2, 4, 3);
    double[][] c = random(3, 6, 3);
    Quantizer row =
        bound(residual(scope(1), 0, level(1, .25, a), level(2, .25, b), level(3, .25, c)));
    Quantizer nested =
        bound(
            residual(
                scope(1),
                0,
                level(1, .25, a),
                residual(scope(1), 0, level(2, .25, b), level(3, .25, c))));
    INDArray latents = gaussian(4, 50, 3);
    // When
    Bottled expected = row.apply(latents, Phase.EVAL);
    Bottled result = nested.apply(latents, Phase.EVAL);
    // Then
    assertThat(nested.codebookSizes()).isEqualTo(List.of(5, 4, 6));
    assertThat(result.codes()).isEqualTo(expected.codes());
    assertThatArray(result.values()).isCloseTo(expected.values(), 1e-6);
    int[] two = {4, 3, 0, 1};
    assertThatArray(nested.lookup(two, 2)).isCloseTo(row.lookup(two, 2), 1e-6);
  }

  @Test
  void terms_of_levels_with_different_weights_add_to_the_same_loss() {
    double[][] first = random(1, 6, 3);
    double[][] second = random(2, 4, 3);
    INDArray latents = gaussian(3, 30, 3);
    double whole = 0;
    for (double[] betas : List.of(row(.25, .5), row(0, .5), row(.25, 0))) {
      Quantizer quantizer =
          bound(residual(scope(1), 0, level(1, betas[0], first), level(2, betas[1], second)));
      Quantizer one = bound(level(1, betas[0], first));
      Quantizer two = bound(level(2, betas[1], second));
      Bottled result = one.apply(latents, Phase.EVAL);
      INDArray rest = latents.sub(result.values());
      whole = result.loss() + two.apply(rest, Phase.EVAL).loss();
      assertThat(quantizer.apply(latents, Phase.EVAL).loss()).isCloseTo(whole, within(1e-12));
    }
    assertThat(whole).isPositive();
  }

  @Nested
  class QuantizerDropout {
    private static final int EXAMPLES = 60;
    private static final int ROWS = 2;
    private final INDArray latents = gaussian(8, EXAMPLES * ROWS, 3).reshape(EXAMPLES, ROWS, 3);

    private Quantizer dropping(double probability) {
      return bound(
          residual(
              scope(1),
              probability,
              level(1, .25, random(1, 8, 3)),
              level(2, .25, random(2, 8, 3)),
              level(3, .25, random(3, 8, 3)),
              level(4, .25, random(4, 8, 3))));
    }

    @Test
    void examples_get_what_their_first_levels_decode_to() {
      // When every example uses fewer than all
      Quantizer quantizer = dropping(1);
      Bottled result = quantizer.apply(latents, Phase.train(3, 0));
      // Then each has a depth, and all depths but the full one occur
      TreeSet<Integer> depths = new TreeSet<>();
      for (int example = 0; example < EXAMPLES; example++) {
        depths.add(depthOf(quantizer, result, example));
      }
      assertThat(depths).containsExactly(1, 2, 3);
    }

    @Test
    void its_probability_is_the_share_of_examples_with_fewer_levels() {
      Quantizer quantizer = dropping(0.5);
      Bottled result = quantizer.apply(latents, Phase.TRAIN);
      long fewer =
          IntStream.range(0, EXAMPLES)
              .filter(example -> depthOf(quantizer, result, example) < 4)
              .count();
      assertThat(fewer).isBetween(18L, 42L); // within three standard deviations of 30
    }

    /** How many levels decode to the values of an example. */
    private int depthOf(Quantizer quantizer, Bottled result, int example) {
      int row = example * ROWS;
      Codes codes =
          Codes.of(
              CodeShape.of(new Grid(ROWS), quantizer.codebookSizes()),
              Arrays.copyOfRange(result.codes(), row * 4, (row + ROWS) * 4));
      INDArray values = Nd4j.vstack(result.values().getRow(row), result.values().getRow(row + 1));
      return IntStream.rangeClosed(1, 4)
          .filter(n -> quantizer.lookup(codes.truncated(n).values(), n).equalsWithEps(values, 0))
          .findFirst()
          .orElseThrow();
    }

    @Test
    void levels_learn_from_the_examples_that_use_them_alone() {
      Quantizer quantizer = dropping(0.5);
      Bottled result = quantizer.apply(latents, Phase.TRAIN);
      for (int level = 0; level < 4; level++) {
        int number = level;
        long users =
            IntStream.range(0, EXAMPLES)
                .filter(example -> depthOf(quantizer, result, example) > number)
                .count();
        double counted = Arrays.stream(result.statistics().part(level).sums()).sum();
        assertThat(counted).isEqualTo(users * ROWS);
      }
    }

    @Test
    void a_level_that_no_example_uses_gets_no_gradient_and_learns_nothing() {
      // Given an earlier gradient, and then a batch of one example that drops the last level
      Quantizer quantizer = dropping(1);
      quantizer.apply(latents, Phase.EVAL).pullback().apply(gaussian(1, EXAMPLES * ROWS, 3), 1);
      assertThat(gradient(quantizer, "level-4/codebook").norm2Number().doubleValue()).isPositive();
      INDArray one = gaussian(9, ROWS, 3).reshape(1, ROWS, 3);
      Bottled result = quantizer.apply(one, Phase.TRAIN);
      // When
      result.pullback().apply(gaussian(1, ROWS, 3), 1);
      INDArray before = parameter(quantizer, "level-4/usage/steps").dup();
      quantizer.update(result.statistics());
      // Then
      assertThat(gradient(quantizer, "level-4/codebook").norm2Number().doubleValue()).isZero();
      assertThat(result.statistics().part(3)).isSameAs(Statistics.NONE);
      assertThatArray(parameter(quantizer, "level-4/usage/steps")).isEqualToArray(before);
    }

    @Test
    void evaluation_uses_all_levels() {
      Quantizer quantizer = dropping(1);
      Bottled result = quantizer.apply(latents, Phase.EVAL);
      assertThatArray(result.values()).isEqualToArray(quantizer.lookup(result.codes(), 4));
    }

    @Test
    void other_steps_drop_other_levels() {
      Quantizer quantizer = dropping(0.5);
      INDArray first = quantizer.apply(latents, Phase.train(1, 0)).values();
      assertThat(quantizer.apply(latents, Phase.train(2, 0)).values().distance2(first))
          .isPositive();
    }
  }

  @Test
  void every_level_starts_from_what_the_former_ones_leave_of_the_batch() {
    // Given as many codes as latents in the second level
    Quantizer first =
        new Given.Nearest(3, 2, 1).at(scope(1).child("level-1"), Given.kMeans(1, 5), Given.KEEP);
    Quantizer second =
        new Given.Nearest(20, 2, 1).at(scope(1).child("level-2"), Given.kMeans(1, 5), Given.KEEP);
    Quantizer quantizer = bound(residual(scope(1), 0, first, second));
    INDArray latents = gaussian(3, 20, 2);
    assertThat(quantizer.isObserving()).isTrue();
    // When
    quantizer.observe(latents);
    // Then nothing is left
    assertThat(quantizer.isObserving()).isFalse();
    assertThatArray(quantizer.apply(latents, Phase.EVAL).values()).isCloseTo(latents, 1e-6);
  }

  @Nested
  class Refuses {

    @Test
    void a_residual_of_nothing() {
      assertThatThrownBy(() -> residual(scope(1), 0))
          .isInstanceOf(IncompatibleException.class)
          .hasMessage(
              "levels: a residual of nothing: list at least one quantizer, such as"
                  + " [{ type = ema }, { type = ema }]");
    }

    @Test
    void levels_of_different_length() {
      assertThatThrownBy(
              () -> residual(scope(1), 0, level(1, 1, row(1, 0)), level(2, 1, row(1, 0, 0))))
          .isInstanceOf(IncompatibleException.class)
          .hasMessage(
              "level 2 (NearestQuantizer) of a residual has code-dim 3 but level 1 has 2: give all"
                  + " levels the same");
    }

    @Test
    void a_level_without_codes() {
      PlainBottleneck plain = new PlainBottleneck(new PlainBottleneck.Settings(2));
      assertThatThrownBy(() -> residual(scope(1), 0, level(1, 1, row(1, 0)), plain))
          .isInstanceOf(IncompatibleException.class)
          .hasMessage(
              "level 2 (PlainBottleneck) of a residual has no codes: choose a quantizer, such as"
                  + " ema or nearest");
    }

    @Test
    void a_level_with_a_dropout_of_its_own() {
      Quantizer inner = residual(scope(1), 0.5, level(1, 1, row(1, 0)), level(2, 1, row(0, 1)));
      assertThatThrownBy(() -> residual(scope(1), 0, inner))
          .isInstanceOf(IncompatibleException.class)
          .hasMessage(
              "level 1 (ResidualQuantizer) of a residual has a quantizer-dropout of its own: set"
                  + " that to 0 and list its levels in the outer residual");
    }

    @Test
    void a_depth_beyond_the_levels() {
      Quantizer quantizer = bound(residual(scope(1), 0, level(1, 1, row(1, 0))));
      assertThatThrownBy(() -> quantizer.lookup(new int[] {0, 0}, 2))
          .isInstanceOf(IncompatibleException.class)
          .hasMessage("depth: these levels have 1 to 1 codebooks but 2 were asked for");
      assertThatThrownBy(() -> quantizer.lookup(NO_CODES, 0))
          .isInstanceOf(IncompatibleException.class);
    }
  }
}
