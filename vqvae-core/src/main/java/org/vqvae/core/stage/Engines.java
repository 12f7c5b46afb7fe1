package org.vqvae.core.stage;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.config.ExperimentSettings.Engine;
import org.vqvae.core.config.ExperimentSettings.Precision;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.ThreadCount;
import org.vqvae.core.kernel.Workers;

/** From settings to workers. */
public final class Engines {
  private Engines() {}

  /**
   * Starts ND4J and the workers that an experiment asks for; the caller closes them.
   *
   * @throws org.vqvae.core.IncompatibleException if their kernels are not available here
   */
  public static Workers start(Engine engine) {
    String choice = engine.kernels().name().toLowerCase(Locale.ROOT);
    int threads = engine.threads() == 0 ? ThreadCount.ofThisProcess() : engine.threads();
    return new KernelsFactory(Backend.start())
        .workers(choice, activations(engine.precision()), threads);
  }

  private static DataType activations(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> DataType.FLOAT;
      case BFLOAT16 -> DataType.BFLOAT16;
    };
  }
}
