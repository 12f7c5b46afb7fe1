package org.vqvae.core.kernel;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.nd4j.linalg.api.buffer.DataType;

class NativeKernelsTest {

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class In_float extends KernelsContract {
    In_float() {
      super(DataType.FLOAT);
    }

    @Override
    Kernels create() {
      return new NativeKernels();
    }
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class In_double extends KernelsContract {
    In_double() {
      super(DataType.DOUBLE);
    }

    @Override
    Kernels create() {
      return new NativeKernels();
    }
  }
}
