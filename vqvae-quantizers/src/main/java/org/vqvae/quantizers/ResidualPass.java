package org.vqvae.quantizers;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.nn.FloatArrays;

/**
 * One pass of a residual quantizer over some latents: {@code r_{i+1} = r_i - q_i}, and for each
 * example the sum of the q_i of the levels that it uses.
 */
final class ResidualPass {
  private final LatentRows latents;
  private final int[] depths;
  private final int codebooks;
  private final float[] rest;
  private final float[] sum;
  private final int[] codes;
  private final List<Level> levels = new ArrayList<>();
  private int codedBooks;

  /**
   * What a level made of the examples that use it; of all examples if none does.
   *
   * @param share of the examples that use it
   */
  private record Level(Bottled bottled, int[] examples, double share) {

    /** Its terms, averaged over the whole batch: those of rows that do not use it are zero. */
    List<Term> terms() {
      return bottled.terms().stream().map(term -> term.as(term.unit(), share)).toList();
    }

    Statistics statistics() {
      return share > 0 ? bottled.statistics() : Statistics.NONE;
    }
  }

  /**
   * A pass that has coded nothing yet.
   *
   * @param depths how many levels each example uses
   * @param codebooks the number of codebooks of all levels
   */
  ResidualPass(LatentRows latents, int[] depths, int codebooks) {
    this.latents = latents;
    this.depths = depths;
    this.codebooks = codebooks;
    this.rest = latents.values().clone();
    this.sum = new float[rest.length];
    this.codes = new int[latents.rows() * codebooks];
  }

  /** Lets the next level code what is left; it learns from the examples that use it. */
  void code(Quantizer quantizer, Phase phase) {
    int level = levels.size();
    int[] users = examples(depth -> depth > level);
    int[] others = examples(depth -> depth <= level);
    if (users.length > 0) {
      Bottled used = apply(quantizer, users, phase);
      add(FloatArrays.view(used.values()), users, 1, FloatBuffer.wrap(sum));
      levels.add(new Level(used, users, (double) users.length / depths.length));
    }
    if (others.length > 0) {
      Bottled unused = apply(quantizer, others, Phase.EVAL);
      if (users.length == 0) {
        levels.add(new Level(unused, others, 0));
      }
    }
    codedBooks += quantizer.codebookSizes().size();
  }

  private int[] examples(IntPredicate condition) {
    return IntStream.range(0, depths.length).filter(i -> condition.test(depths[i])).toArray();
  }

  private Bottled apply(Quantizer quantizer, int[] examples, Phase phase) {
    long rows = latents.rows() / depths.length;
    INDArray left = FloatArrays.of(pick(examples), examples.length, rows, latents.dim());
    Bottled bottled = quantizer.apply(left, phase);
    add(FloatArrays.view(bottled.values()), examples, -1, FloatBuffer.wrap(rest));
    place(bottled.codes(), examples, quantizer.codebookSizes().size());
    return bottled;
  }

  /** What is left of some examples. */
  private float[] pick(int[] examples) {
    if (examples.length == depths.length) {
      return rest;
    }
    int stride = latents.stride();
    float[] picked = new float[examples.length * stride];
    for (int i = 0; i < examples.length; i++) {
      System.arraycopy(rest, examples[i] * stride, picked, i * stride, stride);
    }
    return picked;
  }

  /** Adds values of some examples, times 1 or -1, to those of all. */
  private void add(FloatBuffer values, int[] examples, float sign, FloatBuffer all) {
    int stride = latents.stride();
    for (int i = 0; i < examples.length; i++) {
      int to = examples[i] * stride;
      for (int j = 0; j < stride; j++) {
        all.put(to + j, all.get(to + j) + sign * values.get(i * stride + j));
      }
    }
  }

  /** Puts a level's codes behind those of the former levels of the same rows. */
  private void place(int[] own, int[] examples, int depth) {
    int rows = latents.rows() / depths.length;
    for (int i = 0; i < own.length; i++) {
      int row = i / depth;
      int to = examples[row / rows] * rows + row % rows;
      codes[to * codebooks + codedBooks + i % depth] = own[i];
    }
  }

  /** All that the pass produced. */
  Bottled result(GradientEstimator estimator) {
    return new Bottled(
        FloatArrays.of(sum, latents.rows(), latents.dim()),
        codes,
        terms(),
        (gradient, weight) -> pullBack(gradient, weight, estimator),
        Statistics.of(levels.stream().map(Level::statistics).toList()));
  }

  private List<Term> terms() {
    Map<String, Term> byName = new LinkedHashMap<>();
    for (Level level : levels) {
      level.terms().forEach(term -> byName.merge(term.name(), term, ResidualPass::plus));
    }
    return List.copyOf(byName.values());
  }

  /** Two terms as one; if their weights differ, the second's value is in units of the first's. */
  private static Term plus(Term one, Term two) {
    if (one.weight() == two.weight()) {
      return new Term(one.name(), one.unit(), one.value() + two.value(), one.weight());
    }
    Term kept = one.weight() == 0 ? two : one;
    Term other = one.weight() == 0 ? one : two;
    double value = kept.value() + other.weighted() / kept.weight();
    return new Term(kept.name(), kept.unit(), value, kept.weight());
  }

  /** The task's gradient once, and what each level's own terms add to it. */
  private INDArray pullBack(INDArray taskGradient, double weight, GradientEstimator estimator) {
    int dim = latents.dim();
    FloatBuffer gradient = FloatArrays.view(taskGradient);
    estimator.estimate(FloatBuffer.wrap(latents.values()), FloatBuffer.wrap(sum), gradient, dim);
    for (Level level : levels) {
      long rows = level.bottled.values().size(0);
      INDArray noTask = Nd4j.zeros(DataType.FLOAT, rows, dim);
      INDArray own = level.bottled.pullback().apply(noTask, weight * level.share);
      add(FloatArrays.view(own), level.examples, 1, gradient);
    }
    FloatArrays.changed(taskGradient);
    return taskGradient;
  }
}
