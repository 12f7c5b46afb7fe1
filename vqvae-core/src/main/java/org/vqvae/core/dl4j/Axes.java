package org.vqvae.core.dl4j;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Grid;

/**
 * The order of axes that a DL4J network wants; ours is {@code [N, ...grid, channels]}. Conversions
 * are views where that is possible.
 */
enum Axes {
  /** {@code [N, channels, ...grid]}. */
  CHANNELS_FIRST {
    @Override
    INDArray fromOurs(INDArray ours) {
      return channelsTo(1, ours);
    }

    @Override
    INDArray toOurs(INDArray theirs, Grid grid) {
      return channelsTo(theirs.rank() - 1, theirs);
    }
  },

  /** {@code [N, ...grid, channels]}. */
  CHANNELS_LAST {
    @Override
    INDArray fromOurs(INDArray ours) {
      return ours;
    }

    @Override
    INDArray toOurs(INDArray theirs, Grid grid) {
      return theirs;
    }
  },

  /** {@code [N, features]}: an example's values in a row, channel after channel. */
  FLAT {
    @Override
    INDArray fromOurs(INDArray ours) {
      return channelsTo(1, ours).dup('c').reshape('c', ours.size(0), -1);
    }

    @Override
    INDArray toOurs(INDArray theirs, Grid grid) {
      long channels = theirs.size(1) / grid.positions();
      long[] ours = grid.arrayShape(theirs.size(0), channels);
      INDArray dense = theirs.dup('c').reshape('c', channelsFirst(ours));
      return CHANNELS_FIRST.toOurs(dense, grid);
    }
  };

  /** A network's array of our array. */
  abstract INDArray fromOurs(INDArray ours);

  /** Our array of a network's array. */
  abstract INDArray toOurs(INDArray theirs, Grid grid);

  /** Moves the channels from the other end of the grid to that axis. */
  private static INDArray channelsTo(int axis, INDArray array) {
    int last = array.rank() - 1;
    int[] order = IntStream.rangeClosed(0, last).toArray();
    int from = axis == 1 ? last : 1;
    order[axis] = from;
    for (int i = 1; i < last; i++) {
      order[axis == 1 ? i + 1 : i] = axis == 1 ? i : i + 1;
    }
    return array.permute(order);
  }

  private static long[] channelsFirst(long... ours) {
    long[] theirs = ours.clone();
    theirs[1] = ours[ours.length - 1];
    System.arraycopy(ours, 1, theirs, 2, ours.length - 2);
    return theirs;
  }
}
