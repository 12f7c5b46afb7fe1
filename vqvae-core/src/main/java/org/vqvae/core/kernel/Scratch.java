package org.vqvae.core.kernel;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** FLOAT matrices that an operation writes into again and again, one of each shape. */
final class Scratch {
  private final Map<Shape, INDArray> matrices = new HashMap<>();

  private record Shape(long rows, long columns) {}

  /** The matrix of that shape, as it was left. */
  INDArray matrix(long rows, long columns) {
    return matrices.computeIfAbsent(new Shape(rows, columns), Scratch::allocate);
  }

  /** It outlives the workspace that happens to be open, as one is while a DL4J graph runs. */
  private static INDArray allocate(Shape shape) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.createUninitialized(DataType.FLOAT, shape.rows, shape.columns);
    }
  }
}
