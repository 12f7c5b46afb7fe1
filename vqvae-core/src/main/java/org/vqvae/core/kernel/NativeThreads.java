package org.vqvae.core.kernel;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Native libraries told to use one thread for each operation: {@link Workers} are the threads, and
 * what several threads sum depends on how many they are.
 */
final class NativeThreads {
  private NativeThreads() {}

  /** Tells libnd4j and BLAS, for the whole process, and OpenMP, for the thread that calls. */
  static void useOne() {
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    Nd4j.factory().blas().setMaxThreads(1);
    useOneHere();
  }

  /** Tells OpenMP about the thread that calls. */
  static void useOneHere() {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }
}
