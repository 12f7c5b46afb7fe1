package org.vqvae.core.wavenet;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;

/**
 * A learned vector for each code, one step later than the code: a step may look at its own input,
 * for that knows only codes before it. The first step's input is zero.
 */
final class CodeInput {
  private final Kernels kernels;
  private final Matrices matrices = new Matrices();
  private final Parameter table;
  private int[] shifted = {};

  CodeInput(Kernels kernels, String name, Alphabet alphabet, int channels) {
    this.kernels = kernels;
    table =
        Parameter.learned(name + "/embedding/w", alphabet.embedding(), alphabet.size(), channels);
  }

  /** {@code [K, R]}. */
  Parameter table() {
    return table;
  }

  /**
   * Writes the vectors to time-major rows.
   *
   * @param codes sequence after sequence
   * @param x {@code [T * N, R]}
   */
  void forward(int[] codes, Layout layout, INDArray x) {
    int sequences = layout.sequences();
    shifted =
        IntStream.range(0, codes.length)
            .map(row -> row < sequences ? 0 : codes[position(row, layout) - 1])
            .toArray();
    Nd4j.pullRows(table.value(), x, 1, shifted);
    firstStep(x, layout).assign(0);
  }

  /** Where in the codes, sequence after sequence, a time-major row is. */
  private static int position(int row, Layout layout) {
    int sequence = row % layout.sequences();
    return sequence * layout.steps() + row / layout.sequences();
  }

  /** Sets the table's gradient; overwrites dL/dx. */
  void backward(INDArray xGradient, Layout layout) {
    firstStep(xGradient, layout).assign(0);
    table.gradient().assign(0);
    kernels.addRows(xGradient, shifted, table.gradient());
  }

  private INDArray firstStep(INDArray x, Layout layout) {
    return matrices.rows(x, 0, layout.sequences(), x.size(1));
  }
}
