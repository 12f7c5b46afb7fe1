package org.vqvae.core.kernel;

import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What computes in this process. Nothing else asks which backend ND4J runs on.
 *
 * @param name {@code nd4j-native} (CPU) or {@code nd4j-cuda} (GPU)
 * @param instructionSet the richest instruction set that oneDNN uses here, such as {@code avx2};
 *     {@code unknown} where oneDNN is not available
 * @param oneDnnProblem why kernels cannot be oneDNN's, null if they can
 */
public record Backend(String name, String instructionSet, @Nullable String oneDnnProblem) {

  /**
   * Starts ND4J and describes it. From then on ND4J, BLAS and OpenMP use one thread for each
   * operation: {@link Workers} are the threads.
   *
   * @throws org.vqvae.core.IncompatibleException if ND4J's CUDA backend is on the class path and
   *     has no code for any GPU of this machine, or if {@code OMP_NUM_THREADS} is no whole number
   */
  public static Backend start() {
    ThreadCount.check(System.getenv("OMP_NUM_THREADS"));
    setUnlessSet("org.bytedeco.javacpp.maxphysicalbytes", "0"); // arrays are not the heap's matter
    setUnlessSet("org.bytedeco.javacpp.logger", "slf4j"); // else it warns of ND4J's version of it
    setUnlessSet("org.nd4j.log.initialization", "false");
    if (isPresent("org.nd4j.linalg.jcublas.JCublasBackend")) {
      CudaDevices.check(CudaDevices.find());
    }
    boolean cpu = Nd4j.getEnvironment().isCPU();
    LingeringBuffers.install();
    if (cpu) {
      NativeThreads.useOne();
    }
    String linkProblem = oneDnnLinkProblem();
    return new Backend(
        cpu ? "nd4j-native" : "nd4j-cuda",
        linkProblem == null ? CpuFeatures.current().name() : "unknown",
        cpu ? linkProblem : "the arrays lie in the memory of a GPU");
  }

  /** Sets what a library reads when it is loaded: in time, unless somebody has used it before. */
  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Whether arrays lie in the memory of the CPU. */
  boolean isCpu() {
    return name.equals("nd4j-native");
  }

  private static boolean isPresent(String className) {
    try {
      Class.forName(className, false, Backend.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static @Nullable String oneDnnLinkProblem() {
    try {
      Loader.load(Class.forName("org.bytedeco.dnnl.global.dnnl"));
      return null;
    } catch (ClassNotFoundException | LinkageError e) {
      // "no jnidnnl in java.library.path: " and many folders, on several lines
      String reason = String.valueOf(e.getMessage()).split("[:\n]", 2)[0];
      return "its natives for this operating system cannot be loaded (%s)".formatted(reason);
    }
  }
}
