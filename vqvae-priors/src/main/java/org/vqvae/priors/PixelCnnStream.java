package org.vqvae.priors;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.PriorNetwork.CodeStream;

/**
 * The PixelCNN, one position at a time: at the start of a row the vertical stack of all its
 * columns, which know only the rows above; then at each position one column of the horizontal
 * stack. No feature is computed twice.
 *
 * <p>It reads the parameters of the moment: start a new one after training on.
 */
final class PixelCnnStream implements CodeStream {
  private final Kernels kernels;
  private final CodeShape shape;
  private final Grid grid;
  private final CodeEmbedding embedding;
  private final List<GatedLayerStream> layers;
  private final Head head;
  private final List<INDArray> conditions;
  private final int examples;
  private int position;
  private boolean current;

  /** The two layers above the last h, and their arrays. */
  private record Head(
      Affine hidden, Affine output, INDArray h, INDArray z, INDArray logits, float[] result) {}

  /**
   * Starts examples of which no code is known yet.
   *
   * @param conditions c of each row of the grid, or one that holds in all rows, as {@link
   *     GatedLayerStream#condition} takes it
   */
  PixelCnnStream(
      Kernels kernels,
      CodeShape shape,
      CodeEmbedding embedding,
      List<GatedLayerStream> layers,
      Affine hidden,
      Affine output,
      List<INDArray> conditions) {
    this.kernels = kernels;
    this.shape = shape;
    grid = shape.map(0).grid();
    this.embedding = embedding;
    this.layers = layers;
    this.conditions = conditions;
    INDArray logits = output.newOutput();
    examples = (int) logits.size(0);
    head =
        new Head(
            hidden,
            output,
            layers.get(0).h(0).like(),
            hidden.newOutput(),
            logits,
            new float[(int) logits.length()]);
    layers.forEach(layer -> layer.condition(conditions.get(0)));
  }

  @Override
  public float[] next() {
    compute();
    return head.result();
  }

  /** Brings the features of the current position up to date, once. */
  private void compute() {
    if (current) {
      return;
    }
    PriorArguments.requireMoreCodes(position, shape);
    if (column() == 0) {
      computeRow();
    }
    for (int l = 0; l < layers.size(); l++) {
      boolean last = l + 1 == layers.size();
      layers.get(l).column(column(), last ? head.h() : layers.get(l + 1).h(column()));
    }
    computeLogits();
    current = true;
  }

  private void computeRow() {
    if (row() > 0 && conditions.size() > 1) {
      layers.forEach(layer -> layer.condition(conditions.get(row())));
    }
    for (int l = 0; l < layers.size(); l++) {
      @Nullable INDArray newV =
          l + 1 == layers.size() ? null : layers.get(l + 1).vertical().input(row());
      layers.get(l).row(row(), newV);
    }
  }

  private void computeLogits() {
    head.hidden().forward(head.h(), head.z());
    kernels.relu(head.z(), head.z());
    head.output().forward(head.z(), head.logits());
    for (int i = 0; i < head.result().length; i++) {
      head.result()[i] = head.logits().data().getFloat(i);
    }
  }

  @Override
  public void accept(int[] codes) {
    PriorArguments.requireOneEach(codes, examples);
    compute();
    boolean lastColumn = column() + 1 == grid.size(1);
    if (!lastColumn) {
      embedding.lookUp(codes, layers.get(0).h(column() + 1));
    }
    embedding.lookUp(codes, layers.get(0).vertical().input(row() + 1, column()));
    position++;
    current = false;
  }

  private int row() {
    return position / grid.size(1);
  }

  private int column() {
    return position % grid.size(1);
  }
}
