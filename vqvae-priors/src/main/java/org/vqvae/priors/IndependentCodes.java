package org.vqvae.priors;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;

/**
 * A prior under which all codes are independent, and those of a codebook alike: one row of logits
 * serves all positions.
 */
final class IndependentCodes implements PriorNetwork {
  private final CodeShape shape;
  private final List<Codebook> codebooks = new ArrayList<>();
  private final Buffers buffers = new Buffers();

  /** Where the logits of a codebook's codes come from. */
  interface Statistic {
    List<Parameter> parameters();

    /** Replaces whatever was observed before. */
    void observe(int[] codes);

    /** The K logits. */
    double[] logits();
  }

  /** Makes the statistic of one codebook. */
  interface StatisticFactory {
    Statistic make(Scope scope, int codebookSize);
  }

  /** One codebook of one map. */
  private record Codebook(int map, int index, Statistic statistic) {}

  /**
   * Makes the network.
   *
   * @param scope where a single codebook stands; of several maps each has its child, and of several
   *     codebooks of a map each has the child {@code level-1}, {@code level-2}, ...
   */
  IndependentCodes(CodeShape shape, Scope scope, StatisticFactory factory) {
    this.shape = shape;
    for (int m = 0; m < shape.maps().size(); m++) {
      CodeMap map = shape.map(m);
      Scope ofMap = shape.maps().size() == 1 ? scope : scope.child(map.name());
      for (int q = 0; q < map.depth(); q++) {
        Scope ofLevel = map.depth() == 1 ? ofMap : ofMap.child("level-" + (q + 1));
        codebooks.add(new Codebook(m, q, factory.make(ofLevel, map.codebookSizes().get(q))));
      }
    }
  }

  @Override
  public List<Parameter> parameters() {
    return codebooks.stream().flatMap(it -> it.statistic.parameters().stream()).toList();
  }

  @Override
  public void observe(Codes codes, Condition condition) {
    PriorArguments.examples(codes, shape);
    for (Codebook codebook : codebooks) {
      codebook.statistic.observe(codes.ofCodebook(codebook.map, codebook.index));
    }
  }

  @Override
  public Logits logits(Codes codes, Condition condition, Phase phase) {
    int examples = PriorArguments.examples(codes, shape);
    List<INDArray> tables = new ArrayList<>();
    for (int t = 0; t < codebooks.size(); t++) {
      Codebook codebook = codebooks.get(t);
      long rows = (long) examples * shape.map(codebook.map).positions();
      INDArray row = Nd4j.create(new double[][] {codebook.statistic.logits()}).castTo(type());
      INDArray table = buffers.get("logits" + t, type(), rows, row.size(1));
      tables.add(table.assign(row.broadcast(rows, row.size(1))));
    }
    return new Logits(tables);
  }

  private DataType type() {
    List<Parameter> parameters = parameters();
    return parameters.isEmpty() ? DataType.FLOAT : parameters.get(0).value().dataType();
  }

  /** Nothing is learned by gradient. */
  @Override
  public void backward(Logits gradient) {}

  @Override
  public CodeStream stream(int examples, Condition condition) {
    return new Stream(examples);
  }

  /** Repeats the logits of the codebook whose turn it is. */
  private final class Stream implements CodeStream {
    private final int examples;
    private final List<float[]> rows;
    private int accepted;

    Stream(int examples) {
      this.examples = examples;
      rows = codebooks.stream().map(it -> floats(it.statistic.logits())).toList();
    }

    private float[] floats(double[] row) {
      float[] repeated = new float[examples * row.length];
      for (int i = 0; i < repeated.length; i++) {
        repeated[i] = (float) row[i % row.length];
      }
      return repeated;
    }

    @Override
    public float[] next() {
      PriorArguments.requireMoreCodes(accepted, shape);
      return rows.get(codebook()).clone();
    }

    /** The codebook of the next code. */
    private int codebook() {
      int first = 0;
      int left = accepted;
      for (CodeMap map : shape.maps()) {
        if (left < map.codes()) {
          return first + left % map.depth();
        }
        left -= map.codes();
        first += map.depth();
      }
      throw new IllegalStateException("code %d of %s".formatted(accepted, shape));
    }

    @Override
    public void accept(int[] codes) {
      PriorArguments.requireMoreCodes(accepted, shape);
      PriorArguments.requireOneEach(codes, examples);
      accepted++;
    }
  }
}
