package org.vqvae.core.wavenet;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;

/**
 * A learned vector for each symbol, one step later than the symbol: a step may look at its own
 * input, which depends only on symbols before it. The first step's input is zero.
 */
final class CodeInput {
  private final Kernels kernels;
  private final Matrices matrices = new Matrices();
  private final Parameter table;
  private int[] shifted = {};

  CodeInput(Scope scope, Kernels kernels, Alphabet alphabet, int channels) {
    this.kernels = kernels;
    table = scope.learned("embedding/w", alphabet.embedding(), alphabet.symbols(), channels);
  }

  /** {@code [symbols, R]}. */
  Parameter table() {
    return table;
  }

  /**
   * Writes the vectors to time-major rows.
   *
   * @param symbols sequence after sequence
   * @param x {@code [T * N, R]}
   */
  void forward(int[] symbols, Layout layout, INDArray x) {
    int sequences = layout.sequences();
    shifted =
        IntStream.range(0, symbols.length)
            .map(row -> row < sequences ? 0 : symbols[position(row, layout) - 1])
            .toArray();
    kernels.gatherRows(table.value(), shifted, x);
    firstStep(x, layout).assign(0);
  }

  /** Where among the symbols, sequence after sequence, a time-major row is. */
  private static int position(int row, Layout layout) {
    int sequence = row % layout.sequences();
    return sequence * layout.steps() + row / layout.sequences();
  }

  /** Sets the table's gradient; overwrites dL/dx. */
  void backward(INDArray xGradient, Layout layout) {
    firstStep(xGradient, layout).assign(0);
    kernels.clear(table.gradient());
    kernels.addRows(xGradient, shifted, table.gradient());
  }

  private INDArray firstStep(INDArray x, Layout layout) {
    return matrices.rows(x, 0, layout.sequences(), x.size(1));
  }
}
