package org.vqvae.core.stage;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.config.ExperimentSettings.Engine;
import org.vqvae.core.config.ExperimentSettings.Precision;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;

/** From settings to kernels. */
public final class Engines {
  private Engines() {}

  /**
   * Starts ND4J and makes the kernels that an experiment asks for; the caller closes them.
   *
   * @throws org.vqvae.core.IncompatibleException if they are not available here
   */
  public static Kernels start(Engine engine) {
    String choice = engine.kernels().name().toLowerCase(Locale.ROOT);
    return new KernelsFactory(Backend.start()).create(choice, activations(engine.precision()));
  }

  private static DataType activations(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> DataType.FLOAT;
      case BFLOAT16 -> DataType.BFLOAT16;
    };
  }
}
