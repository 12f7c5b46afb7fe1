package org.vqvae.core.kernel;

import java.util.List;
import org.vqvae.core.IncompatibleException;

/** Makes the kernels that a config names. */
public final class KernelsFactory {

  /** What a config may say; {@code auto} is oneDNN's where they are available. */
  public static final List<String> NAMES = List.of("auto", "onednn", "native");

  private final Backend backend;

  public KernelsFactory(Backend backend) {
    this.backend = backend;
  }

  /**
   * Makes kernels; the caller closes them.
   *
   * @param name one of {@link #NAMES}
   * @throws IncompatibleException if they are not available here
   */
  public Kernels create(String name) {
    return choose(name).equals("onednn") ? new OneDnnKernels() : new NativeKernels();
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
