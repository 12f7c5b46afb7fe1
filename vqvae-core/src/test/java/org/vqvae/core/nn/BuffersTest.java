package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BuffersTest {
  private final Buffers buffers = new Buffers();

  @Test
  void the_same_name_type_and_shape_give_the_same_array() {
    INDArray array = buffers.get("x", DataType.FLOAT, 2, 3);
    assertThat(buffers.get("x", DataType.FLOAT, 2, 3)).isSameAs(array);
    assertThat(buffers.get("x", DataType.FLOAT, 3, 2)).isNotSameAs(array);
    assertThat(buffers.get("y", DataType.FLOAT, 2, 3)).isNotSameAs(array);
  }

  @Test
  void an_array_outlives_the_workspace_in_which_it_was_asked_for() {
    INDArray array;
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace("buffers test")) {
      array = buffers.get("x", DataType.FLOAT, 2, 3);
    }
    assertThat(array.isAttached()).isFalse();
  }
}
