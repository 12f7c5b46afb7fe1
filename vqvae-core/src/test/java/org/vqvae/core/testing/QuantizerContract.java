package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.Term;

/**
 * What every {@link Quantizer} must do, a third party's included: extend this class in a test and
 * say how yours is made.
 */
public abstract class QuantizerContract extends BottleneckContract {

  @Override
  protected abstract Quantizer create(Scope scope);

  /**
   * What the gradient of a task with respect to z_q becomes for z_e: the same, straight through. To
   * be overridden by a quantizer that estimates it in another way.
   */
  @Override
  protected INDArray expectedTaskGradient(INDArray latents, INDArray taskGradient, Phase phase) {
    return taskGradient;
  }

  /** The codebook's term holds the latents fixed. */
  @Override
  protected boolean reachesLatents(Term term) {
    return !term.name().equals("codebook");
  }

  /** The commitment holds the codebook fixed. */
  @Override
  protected boolean reachesParameters(Term term) {
    return !term.name().equals("commitment");
  }

  private Quantizer quantizer() {
    return (Quantizer) trained();
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void every_latent_has_a_code_of_each_codebook(Phase phase) {
    List<Integer> sizes = quantizer().codebookSizes();
    int[] codes = quantizer().apply(latents(7), phase).codes();
    assertThat(codes).hasSize(ROWS * sizes.size());
    for (int i = 0; i < codes.length; i++) {
      assertThat(codes[i]).isBetween(0, sizes.get(i % sizes.size()) - 1);
    }
  }

  @Test
  final void latents_and_vectors_have_the_length_of_a_code() {
    assertThat(List.of(quantizer().inputDim(), quantizer().outputDim()))
        .containsOnly(quantizer().codeDim());
  }

  @Test
  final void lookup_gives_the_values_bit_for_bit() {
    var result = quantizer().apply(latents(7), Phase.EVAL);
    assertThatArray(quantizer().lookup(result.codes(), quantizer().codebookSizes().size()))
        .isEqualToArray(result.values());
  }

  @Test
  final void every_code_of_every_codebook_can_be_looked_up_to_every_depth() {
    List<Integer> sizes = quantizer().codebookSizes();
    int largest = sizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (int depth = 1; depth <= sizes.size(); depth++) {
      int books = depth;
      int[] codes =
          IntStream.range(0, largest * books).map(i -> i / books % sizes.get(i % books)).toArray();
      assertThatArray(quantizer().lookup(codes, depth))
          .hasShape(largest, quantizer().codeDim())
          .isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void codebook_gradient_agrees_with_finite_differences(Phase phase) {
    assumeFalse(parametersWithSlopes().isEmpty(), "nothing is learned by gradient");
    assertThat(checkParameterGradients(phase)).as("values far enough from a border").isPositive();
  }
}
