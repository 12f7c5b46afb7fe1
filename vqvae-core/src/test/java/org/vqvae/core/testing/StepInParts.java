package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.data.Batch;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.training.CodeBatch;
import org.vqvae.core.training.Contribution;
import org.vqvae.core.training.Trainable;

/**
 * Checks that a step computed in two parts, added and applied, is the step of the whole batch:
 * codes and counts exactly, everything else to the rounding of FLOAT.
 *
 * @param <B> a batch
 */
public final class StepInParts<B> {
  private static final double ROUNDING = 1e-5;

  /** A bottleneck is made of fewer. */
  private static final int MOST_PARTS = 16;

  private final Cut<B> cut;
  private final Trainable<B> atOnce;
  private final Trainable<B> inParts;

  /** Cuts the examples {@code from} to {@code to} (exclusive) out of a batch. */
  private interface Cut<B> {
    B part(B batch, int from, int to);
  }

  private StepInParts(Cut<B> cut, Supplier<? extends Trainable<B>> twins) {
    this.cut = cut;
    this.atOnce = twins.get();
    this.inParts = twins.get();
  }

  /**
   * Steps of an autoencoder.
   *
   * @param twins gives the same one every time, made anew, with some steps of training behind it
   */
  public static StepInParts<Batch> ofAutoencoder(Supplier<? extends Trainable<Batch>> twins) {
    return new StepInParts<>(Batch::part, twins);
  }

  /**
   * Steps of a prior.
   *
   * @param twins gives the same one every time, made anew
   */
  public static StepInParts<CodeBatch> ofPrior(Supplier<? extends Trainable<CodeBatch>> twins) {
    return new StepInParts<>(CodeBatch::part, twins);
  }

  /**
   * Takes a step with each twin and compares all that it is made of and all that it changes.
   *
   * @param size examples of the batch
   * @param border the first example of the second part
   * @param step the number of steps taken before
   */
  public void take(B batch, int size, int border, long step) {
    for (int i = 0; i < atOnce.trained().parameters().size(); i++) {
      assertThatArray(inParts.trained().parameters().get(i).value())
          .as("before the step: %s", atOnce.trained().parameters().get(i).name())
          .isEqualToArray(atOnce.trained().parameters().get(i).value());
    }
    Contribution whole = kept(atOnce.compute(batch, Phase.train(step, 0)));
    Contribution sum = sum(part(batch, 0, border, step), part(batch, border, size, step));
    assertAlike(sum, whole);
    atOnce.apply(whole);
    inParts.apply(sum);
    assertParametersAlike();
  }

  private static Contribution sum(Contribution one, Contribution other) {
    double all = one.examples() + other.examples();
    INDArray gradient =
        one.gradient().mul(one.examples() / all).addi(other.gradient().mul(other.examples() / all));
    return Contribution.sum(List.of(one, other), gradient);
  }

  private Contribution part(B batch, int from, int to, long step) {
    return kept(inParts.compute(cut.part(batch, from, to), Phase.train(step, from)));
  }

  /** The same with a gradient of its own, which no later pass overwrites. */
  private static Contribution kept(Contribution live) {
    return new Contribution(
        live.gradient().dup('c'), live.examples(), live.terms(), live.codes(), live.statistics());
  }

  private void assertAlike(Contribution sum, Contribution whole) {
    assertThat(sum.examples()).isEqualTo(whole.examples());
    assertThat(sum.codes()).isEqualTo(whole.codes());
    assertThat(sum.terms()).extracting(Term::name).isEqualTo(names(whole));
    for (int i = 0; i < whole.terms().size(); i++) {
      assertAlike(names(whole).get(i), sum.terms().get(i).value(), whole.terms().get(i).value());
    }
    assertAlike(sum.statistics(), whole.statistics());
    if (atOnce.trained().parameters().stream().anyMatch(Parameter::isLearned)) {
      assertThat(whole.gradient().amaxNumber().doubleValue()).isPositive();
      assertAlike("gradient", sum.gradient(), whole.gradient());
    }
  }

  private static List<String> names(Contribution contribution) {
    return contribution.terms().stream().map(Term::name).toList();
  }

  private static void assertAlike(Statistics sum, Statistics whole) {
    assertThat(sum.sums()).hasSameSizeAs(whole.sums());
    for (int i = 0; i < whole.sums().length; i++) {
      assertAlike("sum " + i, sum.sums()[i], whole.sums()[i]);
    }
    assertThat(sum.rows()).hasSameSizeAs(whole.rows());
    for (int i = 0; i < whole.rows().length; i++) {
      assertAlike("row value " + i, sum.rows()[i], whole.rows()[i]);
    }
    IntStream.range(0, MOST_PARTS)
        .filter(i -> !sum.part(i).isEmpty() || !whole.part(i).isEmpty())
        .forEach(i -> assertAlike(sum.part(i), whole.part(i)));
  }

  /** Whole numbers, such as counts, are compared exactly. */
  private static void assertAlike(String what, double actual, double expected) {
    boolean isCount = expected == Math.rint(expected);
    assertThat(actual)
        .as(what)
        .isCloseTo(expected, within(isCount ? 0 : ROUNDING * (1 + Math.abs(expected))));
  }

  private void assertParametersAlike() {
    IntStream.range(0, atOnce.trained().parameters().size())
        .forEach(
            i ->
                assertAlike(
                    "after the step: " + atOnce.trained().parameters().get(i).name(),
                    inParts.trained().parameters().get(i).value(),
                    atOnce.trained().parameters().get(i).value()));
  }

  private static void assertAlike(String what, INDArray actual, INDArray expected) {
    assertThatArray(actual)
        .as(what)
        .isCloseTo(expected, ROUNDING * expected.amaxNumber().doubleValue());
  }
}
