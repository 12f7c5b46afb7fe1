package org.vqvae.core.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.DataSpec;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Model;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.ExperimentSettings.Sampling;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.model.NoPrior;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.PriorPerMap;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.training.Optimizations;

/**
 * Whether the pieces of an experiment fit together: every network is built as training would build
 * it, and none gets a parameter's value.
 */
public final class Compatibility {
  private static final double ANY_VARIANCE = 1;

  private final ExperimentConfig config;
  private final Components components;
  private final DataSpec data;
  private final Scope scope;
  private final List<String> misfits = new ArrayList<>();

  private Compatibility(ExperimentConfig config, Components components) {
    this.config = config;
    this.components = components;
    this.data = components.get(Dataset.class).spec();
    this.scope = Scope.root(new RandomStreams(config.settings().seed()));
  }

  /**
   * Opens the data and tries the pieces on it.
   *
   * @throws IncompatibleException with the misfits, one a line; a prior's is found once encoder,
   *     bottleneck and decoder fit
   */
  public static void check(ExperimentConfig config, Components components) {
    Compatibility pieces = new Compatibility(config, components);
    pieces.tryOut(pieces::model);
    pieces.classes();
    pieces.schedules();
    if (!pieces.misfits.isEmpty()) {
      throw new IncompatibleException(String.join("\n", pieces.misfits));
    }
  }

  private void model() {
    ModelNetwork network = components.get(Model.class).build(data, ANY_VARIANCE, scope);
    tryOut(() -> network.likelihood().checkTrains(data));
    Optional<CodeShape> shape = network.codeShape();
    if (shape.isPresent()) {
      priors(shape.get());
    } else {
      noPrior();
    }
  }

  private void priors(CodeShape shape) {
    Prior chosen = components.get(Prior.class);
    if (chosen instanceof NoPrior) {
      return;
    }
    int classes = config.settings().priorTraining().classConditional() ? data.classes().size() : 0;
    Map<String, Prior> priors = new LinkedHashMap<>(components.baselines());
    priors.put(config.selected(Prior.class).type(), chosen);
    priors
        .values()
        .forEach(
            prior ->
                tryOut(
                    () ->
                        PriorPerMap.of(
                            prior, shape, Conditions.ofClasses(classes), scope.child("prior"))));
  }

  private void noPrior() {
    if (!(components.get(Prior.class) instanceof NoPrior)) {
      misfits.add(
          "quantizer \"%s\" has no codes, so prior \"%s\" has nothing to model: set prior = none, or choose a quantizer with codes"
              .formatted(
                  config.selected(Bottleneck.class).type(), config.selected(Prior.class).type()));
    }
    Sampling sampling = config.settings().sampling();
    if (!new SamplingSettings(sampling.temperature(), sampling.topK())
        .equals(SamplingSettings.PLAIN)) {
      misfits.add(
          "sampling.temperature and sampling.top-k choose among codes, but quantizer \"%s\" has none: leave them out"
              .formatted(config.selected(Bottleneck.class).type()));
    }
  }

  private void classes() {
    if (config.settings().priorTraining().classConditional() && data.classes().isEmpty()) {
      misfits.add(
          "prior-training.class-conditional = true, but data \"%s\" has no classes: set it to false, or choose data with classes"
              .formatted(config.selected(Dataset.class).type()));
    }
  }

  private void schedules() {
    ExperimentSettings settings = config.settings();
    tryOut(() -> Optimizations.of(settings.autoencoder().training(), components.parts()));
    if (!(components.get(Prior.class) instanceof NoPrior)) {
      tryOut(() -> Optimizations.of(settings.priorTraining().training(), components.parts()));
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
