package org.vqvae.priors;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;

/**
 * A prior under which all codes are independent and alike: one row of logits serves every position.
 */
final class IndependentCodes implements PriorNetwork {
  private final CodeSpace space;
  private final Statistic statistic;
  private final Buffers buffers = new Buffers();

  /** Where the logits come from. */
  interface Statistic {
    List<Parameter> parameters();

    /** Takes the place of whatever was observed before. */
    void observe(int[] codes);

    /** The K logits. */
    double[] logits();
  }

  IndependentCodes(CodeSpace space, Statistic statistic) {
    this.space = space;
    this.statistic = statistic;
  }

  @Override
  public List<Parameter> parameters() {
    return statistic.parameters();
  }

  @Override
  public void observe(int[] codes, int @Nullable [] labels) {
    CodeChecks.examples(codes, space);
    statistic.observe(codes);
  }

  @Override
  public INDArray logits(int[] codes, int @Nullable [] labels, Phase phase) {
    CodeChecks.examples(codes, space);
    INDArray logits = buffers.get("logits", type(), codes.length, space.codebookSize());
    INDArray row = Nd4j.create(new double[][] {statistic.logits()}).castTo(type());
    return logits.assign(row.broadcast(codes.length, space.codebookSize()));
  }

  private DataType type() {
    List<Parameter> parameters = parameters();
    return parameters.isEmpty() ? DataType.FLOAT : parameters.get(0).value().dataType();
  }

  /** Nothing is learned by gradient. */
  @Override
  public void backward(INDArray gradient) {}

  @Override
  public CodeStream stream(int examples, int @Nullable [] labels) {
    double[] row = statistic.logits();
    float[] logits = new float[examples * row.length];
    return new CodeStream() {
      @Override
      public float[] next() {
        for (int i = 0; i < logits.length; i++) {
          logits[i] = (float) row[i % row.length];
        }
        return logits;
      }

      @Override
      public void accept(int[] codes) {
        CodeChecks.requireOnePosition(codes, examples, space);
      }
    };
  }
}
