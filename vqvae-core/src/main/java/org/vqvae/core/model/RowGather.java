package org.vqvae.core.model;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;

/** Repeats the rows of a coarse grid on a finer one, whose sizes are multiples of its sizes. */
final class RowGather {
  private final Kernels kernels;
  private final int coarsePositions;
  private final int[] sources;
  private final Buffers buffers = new Buffers();

  RowGather(Kernels kernels, Grid coarse, Grid fine) {
    this.kernels = kernels;
    this.coarsePositions = coarse.positions();
    this.sources = sources(coarse, fine);
  }

  /** For each position of the fine grid, the position of the coarse grid that covers it. */
  private static int[] sources(Grid coarse, Grid fine) {
    boolean fits =
        coarse.rank() == fine.rank()
            && IntStream.range(0, fine.rank()).allMatch(i -> fine.size(i) % coarse.size(i) == 0);
    if (!fits) {
      throw new IncompatibleException(
          "the top latents' grid %s does not divide the bottom latents' grid %s: choose a top encoder whose downsample does"
              .formatted(coarse, fine));
    }
    return IntStream.range(0, fine.positions()).map(p -> source(p, coarse, fine)).toArray();
  }

  private static int source(int position, Grid coarse, Grid fine) {
    int rest = position;
    int source = 0;
    int step = 1;
    for (int i = fine.rank() - 1; i >= 0; i--) {
      int at = rest % fine.size(i);
      rest /= fine.size(i);
      source += step * (at / (fine.size(i) / coarse.size(i)));
      step *= coarse.size(i);
    }
    return source;
  }

  /** {@code [N x coarse positions, C]} to {@code [N x fine positions, C]}. */
  INDArray forward(INDArray rows) {
    int[] all = rows(rows.size(0));
    INDArray repeated = buffers.get("repeated", rows.dataType(), all.length, rows.size(1));
    kernels.gatherRows(rows, all, repeated);
    return repeated;
  }

  /** The gradient with respect to the coarse rows. */
  INDArray backward(INDArray gradient) {
    int examples = (int) (gradient.size(0) / sources.length);
    long coarse = (long) examples * coarsePositions;
    INDArray sums = buffers.get("sums", gradient.dataType(), coarse, gradient.size(1)).assign(0);
    kernels.addRows(gradient, rows(coarse), sums);
    return sums;
  }

  private int[] rows(long coarseRows) {
    int examples = (int) (coarseRows / coarsePositions);
    return IntStream.range(0, examples * sources.length)
        .map(i -> i / sources.length * coarsePositions + sources[i % sources.length])
        .toArray();
  }
}
