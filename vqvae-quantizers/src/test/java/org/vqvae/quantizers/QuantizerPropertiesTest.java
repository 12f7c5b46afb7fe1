package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.array;
import static org.vqvae.quantizers.Given.codes;
import static org.vqvae.quantizers.Given.gaussian;
import static org.vqvae.quantizers.Given.parameter;
import static org.vqvae.quantizers.Given.row;
import static org.vqvae.quantizers.Given.step;
import static org.vqvae.quantizers.Given.term;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Term;
import org.vqvae.core.random.RandomStream;

/** Facts that hold whatever the numbers. */
class QuantizerPropertiesTest {

  @Test
  void as_many_codes_as_points_fit_without_distortion() {
    INDArray points = gaussian(1, 16, 4);
    Quantizer nearest = Given.nearest(16, 4, 0.25, Given.kMeans(1, 1), Given.KEEP);
    Bottled result = step(nearest, points);
    assertThat(result.codes()).doesNotHaveDuplicates();
    assertThat(result.loss()).isZero();
    assertThatArray(result.values()).isEqualToArray(points);
  }

  @Test
  void with_decay_0_the_moving_average_is_a_k_means_step_on_the_batch() {
    // Given
    INDArray latents = gaussian(2, 200, 3);
    Quantizer quantizer = Given.ema(new Given.Ema(4, 3, 1, 0, 1e-9), Given.NORMAL, Given.KEEP);
    step(quantizer, gaussian(9, 100, 3));
    // When
    int[] codes = step(quantizer, latents).codes();
    // Then each code is the mean of the latents that chose it, whatever came before
    INDArray means = Nd4j.zeros(4, 3);
    int[] counts = new int[4];
    for (int i = 0; i < codes.length; i++) {
      means.getRow(codes[i]).addi(latents.getRow(i));
      counts[codes[i]]++;
    }
    for (int code = 0; code < 4; code++) {
      assertThat(counts[code]).isPositive();
      means.getRow(code).divi(counts[code]);
    }
    assertThatArray(parameter(quantizer, "codebook")).isCloseTo(means, 1e-6);
  }

  @Test
  void a_single_code_costs_the_variance_of_the_latents() {
    // Given a code that has become the mean
    INDArray latents = gaussian(3, 50, 2);
    Quantizer quantizer = Given.ema(new Given.Ema(1, 2, 0.5, 0.9, 1e-5), Given.NORMAL, Given.KEEP);
    step(quantizer, latents);
    // When
    Bottled result = quantizer.apply(latents, Phase.EVAL);
    // Then
    double variance = latents.var(false, 0).meanNumber().doubleValue();
    assertThat(result.codes()).containsOnly(0);
    assertThat(result.terms()).extracting(Term::name).containsExactly("commitment");
    assertThat(result.loss()).isCloseTo(0.5 * variance, within(1e-6));
  }

  @Test
  void permuting_the_codebook_permutes_the_codes_and_nothing_else() {
    // Given the same vectors in two orders
    double[][] rows = gaussian(4, 32, 5).toDoubleMatrix();
    int[] order = RandomStream.of(1, "order").permutation(32);
    double[][] permuted = Arrays.stream(order).mapToObj(i -> rows[i]).toArray(double[][]::new);
    // When
    INDArray latents = gaussian(5, 100, 5);
    Bottled one = Given.nearest(32, 5, 0.25, codes(rows), Given.KEEP).apply(latents, Phase.EVAL);
    Bottled other =
        Given.nearest(32, 5, 0.25, codes(permuted), Given.KEEP).apply(latents, Phase.EVAL);
    // Then
    assertThat(Arrays.stream(other.codes()).map(code -> order[code]).toArray())
        .isEqualTo(one.codes());
    assertThatArray(other.values()).isEqualToArray(one.values());
    assertThat(other.loss()).isEqualTo(one.loss());
  }

  @Test
  void codes_are_chosen_with_the_codebook_as_the_step_found_it() {
    Quantizer quantizer =
        Given.ema(new Given.Ema(2, 1, 1, 0, 1e-9), codes(row(0), row(3)), Given.KEEP);
    Bottled result = step(quantizer, array(row(1), row(2.5), row(3)));
    assertThat(result.values().toFloatVector()).containsExactly(0, 3, 3);
    assertThat(term(result, "commitment")).isCloseTo((1 + .25) / 3, within(1e-7));
    assertThatArray(parameter(quantizer, "codebook")).isCloseTo(array(row(1), row(2.75)), 1e-6);
  }

  @Test
  void gradients_are_those_of_the_paper_by_hand() {
    // Given two latents at code 0 and one at code 1, so M x D = 6
    Quantizer quantizer = Given.nearest(2, 2, 0.25, codes(row(0, 0), row(4, 4)), Given.KEEP);
    INDArray latents = array(row(1, 0), row(0, 2), row(4, 5));
    Bottled result = quantizer.apply(latents, Phase.TRAIN);
    // When
    INDArray gradient = result.pullback().apply(array(row(10, 20), row(30, 40), row(50, 60)), 3);
    // Then: task + weight * 2 beta (z - e) / 6, and weight * 2 sum (e - z) / 6
    assertThatArray(gradient).isCloseTo(array(row(10.25, 20), row(30, 40.5), row(50, 60.25)), 1e-6);
    INDArray codebookGradient = quantizer.parameters().get(0).gradient();
    assertThatArray(codebookGradient).isCloseTo(array(row(-1, -2), row(0, -1)), 1e-6);
    assertThat(term(result, "codebook")).isCloseTo((1 + 4 + 1) / 6.0, within(1e-12));
  }

  @Test
  void latents_of_another_shape_are_refused() {
    Quantizer quantizer = Given.nearest(2, 2, 0.25, Given.NORMAL, Given.KEEP);
    assertThatThrownBy(() -> quantizer.apply(Nd4j.zeros(2, 4, 3), Phase.EVAL))
        .hasMessage("latents: expected [N, ..., 2] (code-dim) but was [2, 4, 3]");
  }

  @Test
  void a_depth_beyond_the_only_codebook_is_refused() {
    Quantizer quantizer = Given.nearest(2, 2, 0.25, Given.NORMAL, Given.KEEP);
    assertThatThrownBy(() -> quantizer.lookup(new int[] {0, 1}, 2))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage("depth: there is one codebook, so expected 1 but was 2");
  }

  @Test
  void a_decay_of_1_is_refused() {
    assertThatThrownBy(() -> Given.ema(new Given.Ema(2, 2, 1, 1, 1e-5), Given.NORMAL, Given.KEEP))
        .hasMessage("decay: expected 0 to below 1 but was 1.0");
  }
}
