package org.vqvae.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantizer;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;

/**
 * Whether the pieces of an experiment fit together: every network is built as training would build
 * it, and none gets a parameter's value.
 */
final class Fit {
  private static final double ANY_VARIANCE = 1;

  private final ExperimentConfig config;
  private final Components components;
  private final DataSpec data;
  private final Quantizer quantizer;
  private final List<String> misfits = new ArrayList<>();

  private Fit(ExperimentConfig config, Components components) {
    this.config = config;
    this.components = components;
    this.data = components.get(Dataset.class).spec();
    this.quantizer = components.get(Quantizer.class);
  }

  /**
   * Opens the data and tries the pieces on it.
   *
   * @throws IncompatibleException with every misfit, one a line
   */
  static void check(ExperimentConfig config, Components components) {
    Fit fit = new Fit(config, components);
    Grid latents = fit.encoder();
    if (latents != null) {
      fit.decoder(latents);
      fit.priors(new CodeSpace(fit.quantizer.codebookSize(), latents));
    }
    fit.classes();
    if (!fit.misfits.isEmpty()) {
      throw new IncompatibleException(String.join("\n", fit.misfits));
    }
  }

  /** The latents' grid; null if the encoder cannot take the data. */
  private @Nullable Grid encoder() {
    Encoder encoder = components.get(Encoder.class);
    try {
      Grid latents = encoder.latentGrid(data);
      encoder.build(data, quantizer.codeDim());
      return latents;
    } catch (IncompatibleException e) {
      misfits.add(e.getMessage());
      return null;
    }
  }

  private void decoder(Grid latents) {
    Decoder decoder = components.get(Decoder.class);
    tryOut(
        () -> {
          decoder.build(data, latents, quantizer.codeDim());
          decoder.likelihood(ANY_VARIANCE).checkTrains(data);
        });
  }

  private void priors(CodeSpace space) {
    int classes = config.settings().priorTraining().classConditional() ? data.classes().size() : 0;
    Map<String, Prior> priors = new LinkedHashMap<>(components.baselines());
    priors.put(config.selected(Prior.class).type(), components.get(Prior.class));
    priors.values().forEach(prior -> tryOut(() -> prior.build(space, classes)));
  }

  private void classes() {
    if (config.settings().priorTraining().classConditional() && data.classes().isEmpty()) {
      misfits.add(
          "prior-training.class-conditional = true, but data \"%s\" has no classes: set it to false, or choose data with classes"
              .formatted(config.selected(Dataset.class).type()));
    }
  }

  private void tryOut(Runnable build) {
    try {
      build.run();
    } catch (IncompatibleException e) {
      misfits.add(e.getMessage());
    }
  }
}
