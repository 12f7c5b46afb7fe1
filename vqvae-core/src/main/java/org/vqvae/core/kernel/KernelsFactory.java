package org.vqvae.core.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.IncompatibleException;

/** Makes the kernels that a config names. */
public final class KernelsFactory {

  /** What a config may say; {@code auto} is oneDNN's where they are available. */
  public static final List<String> NAMES = List.of("auto", "onednn", "native");

  private final Backend backend;

  public KernelsFactory(Backend backend) {
    this.backend = backend;
  }

  /** Makes kernels that compute in FLOAT; see {@link #create(String, DataType)}. */
  public Kernels create(String name) {
    return create(name, DataType.FLOAT);
  }

  /**
   * Makes kernels; the caller closes them.
   *
   * @param name one of {@link #NAMES}
   * @param activations see {@link Kernels#activations()}
   * @throws IncompatibleException if they are not available here
   */
  public Kernels create(String name, DataType activations) {
    return maker(name, activations).apply(null);
  }

  /**
   * Starts as many workers as {@link ThreadCount#ofThisProcess}, each with kernels that compute in
   * FLOAT; the caller closes them.
   */
  public Workers workers(String name) {
    return workers(name, DataType.FLOAT, ThreadCount.ofThisProcess());
  }

  /**
   * Starts workers, each with such kernels; the caller closes them.
   *
   * @param threads how many; more than one only where arrays lie in the memory of the CPU
   * @throws IncompatibleException if the kernels are not available here
   */
  public Workers workers(String name, DataType activations, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1 but was " + threads);
    }
    return new WorkerThreads(backend.isCpu() ? threads : 1, maker(name, activations));
  }

  private Function<@Nullable Workers, Kernels> maker(String name, DataType activations) {
    boolean oneDnn = choose(name).equals("onednn");
    if (activations == DataType.BFLOAT16) {
      checkBfloat16(oneDnn);
    }
    return oneDnn ? workers -> new OneDnnKernels(activations, workers) : NativeKernels::new;
  }

  private void checkBfloat16(boolean oneDnn) {
    if (!oneDnn) {
      throw new IncompatibleException(
          "engine.precision = bfloat16 needs kernels \"onednn\", which are not used here; choose"
              + " float32");
    }
    if (!CpuFeatures.current().hasBfloat16()) {
      throw new IncompatibleException(
          "engine.precision = bfloat16 needs a processor with avx512_core_bf16 or AMX but this one has %s; choose float32"
              .formatted(backend.instructionSet()));
    }
  }

  /**
   * The name of the implementation that {@code name} stands for here: {@code onednn} or {@code
   * native}.
   */
  public String choose(String name) {
    return switch (name) {
      case "auto" -> backend.oneDnnProblem() == null ? "onednn" : "native";
      case "native" -> "native";
      case "onednn" -> {
        if (backend.oneDnnProblem() != null) {
          throw new IncompatibleException(
              "kernels \"onednn\" are not available: %s; choose \"native\" or \"auto\""
                  .formatted(backend.oneDnnProblem()));
        }
        yield "onednn";
      }
      default ->
          throw new IncompatibleException(
              "no kernels are called \"%s\"; choose one of %s".formatted(name, NAMES));
    };
  }
}
