package org.vqvae.core.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays that a block owns: made at first use for each shape, then used again at every step, so
 * that training allocates nothing and the process does not grow.
 */
public final class Buffers {
  private final Map<Key, INDArray> arrays = new HashMap<>();

  /** The array of that name, type and shape; zero when new, otherwise as it was left. */
  public INDArray get(String name, DataType type, long... shape) {
    return arrays.computeIfAbsent(
        new Key(name, type, shape), key -> outsideWorkspaces(type, shape));
  }

  /**
   * An array that outlives the workspace that happens to be open, as one is while a DL4J graph
   * runs.
   */
  private static INDArray outsideWorkspaces(DataType type, long... shape) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.zeros(type, shape);
    }
  }

  private record Key(String name, DataType type, long... shape) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && name.equals(that.name)
          && type == that.type
          && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(shape);
    }
  }
}
