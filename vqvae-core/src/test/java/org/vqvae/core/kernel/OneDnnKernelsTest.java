package org.vqvae.core.kernel;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.nd4j.linalg.api.buffer.DataType;

class OneDnnKernelsTest {

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class In_float extends KernelsContract {
    In_float() {
      super(DataType.FLOAT);
    }

    @Override
    Kernels create() {
      return new OneDnnKernels();
    }
  }
}
