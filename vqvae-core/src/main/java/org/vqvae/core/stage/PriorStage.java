package org.vqvae.core.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.Prior;
import org.vqvae.core.config.ExperimentSettings.PriorTraining;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.PriorPerMap;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.WorkerComponents;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.store.NamedArrays;
import org.vqvae.core.store.Safetensors;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.store.WeightsFile;
import org.vqvae.core.training.CodeBatch;
import org.vqvae.core.training.Optimization;
import org.vqvae.core.training.PriorTrainer;
import org.vqvae.core.training.TrainingLoop;

/**
 * Stage 2: fits a prior to the codes of the frozen autoencoder, by counting, by gradient, or both.
 */
final class PriorStage {
  private static final String AUTOENCODER = "autoencoder";

  private final RunFolder folder;
  private final PriorTraining settings;
  private final Optimization optimization;
  private final RandomStreams random;
  private final WorkerComponents components;
  private final String chosen;

  /**
   * @param chosen the name of the prior that the experiment is about; the others are baselines
   */
  PriorStage(
      RunFolder folder,
      PriorTraining settings,
      Optimization optimization,
      RandomStreams random,
      WorkerComponents components,
      String chosen) {
    this.folder = folder;
    this.settings = settings;
    this.optimization = optimization;
    this.random = random;
    this.components = components;
    this.chosen = chosen;
  }

  /** Fits the prior, unless that is done, and leaves its file. */
  void fit(String name, CodeStore training, CodeStore validation, TrainingLoop loop) {
    Path file = folder.prior(name);
    String autoencoder = training.info().autoencoder();
    if (isFitted(file, autoencoder)) {
      return;
    }
    Replicas<PriorModel> prior = build(name, training.info().shape(), training.info().classes());
    List<Parameter> parameters = prior.vector().parameters();
    if (parameters.stream().anyMatch(Parameter::isLearned)) {
      train(name, prior, training, validation, loop);
    } else {
      prior.vector().initialize(random.named("prior/" + name));
      observe(prior, training);
    }
    WeightsFile.write(file, NamedArrays.of(parameters), Map.of(AUTOENCODER, autoencoder));
  }

  /**
   * Loads a fitted prior.
   *
   * @throws StoreException if it is not there or was fitted to the codes of another autoencoder
   */
  FittedPrior load(String name, CodeShape shape, int classes, String autoencoder) {
    Path file = folder.prior(name);
    if (!Files.exists(file)) {
      throw new StoreException(
          "%s: there is no such prior; train it with: vqvae train-prior %s"
              .formatted(file, folder.path()));
    }
    Safetensors.Contents contents = WeightsFile.read(file);
    String of = contents.metadata().get(AUTOENCODER);
    if (!autoencoder.equals(of)) {
      throw new StoreException(
          "%s: was fitted to codes of autoencoder %s but this one is %s; train the prior again"
              .formatted(file, of, autoencoder));
    }
    Replicas<PriorModel> prior = build(name, shape, classes);
    NamedArrays.load(prior.vector().parameters(), contents.arrays(), file.toString());
    return new FittedPrior(name, prior, settings.classConditional());
  }

  private Replicas<PriorModel> build(String name, CodeShape shape, int classes) {
    Conditions conditions = Conditions.ofClasses(settings.classConditional() ? classes : 0);
    return components.replicas(
        own ->
            new PriorModel(
                PriorPerMap.of(prior(name, own), shape, conditions, own.root().child("prior")),
                new CodeLoss(own.kernels())));
  }

  private Prior prior(String name, Components own) {
    return name.equals(chosen)
        ? own.get(Prior.class)
        : Objects.requireNonNull(own.baselines().get(name), name);
  }

  private static boolean isFitted(Path file, String autoencoder) {
    return Files.exists(file)
        && autoencoder.equals(WeightsFile.read(file).metadata().get(AUTOENCODER));
  }

  private void train(
      String name,
      Replicas<PriorModel> prior,
      CodeStore training,
      CodeStore validation,
      TrainingLoop loop) {
    PriorTrainer trainer = new PriorTrainer(prior, optimization, random.named("prior/" + name));
    observe(prior, training);
    switch (settings.keep()) {
      case LAST -> loop.run(task(trainer, training, validation, bits -> {}));
      case BEST -> {
        BestParameters best = new BestParameters(loop.bestFile());
        List<Parameter> parameters = prior.vector().parameters();
        loop.run(task(trainer, training, validation, bits -> best.offer(bits, parameters)));
        best.restore(parameters)
            .ifPresent(
                bits ->
                    loop.message(
                        "prior: keeps its best weights, of %.3f bits per code on the validation split"
                            .formatted(bits)));
      }
    }
  }

  private PriorTask task(
      PriorTrainer trainer, CodeStore training, CodeStore validation, DoubleConsumer evaluated) {
    return new PriorTask(
        trainer,
        batches(training),
        batches(validation),
        settings.training().accumulate(),
        evaluated);
  }

  /** The batches of a split's codes, with labels if the prior is conditioned on them. */
  CodeBatches batches(CodeStore store) {
    return new CodeBatches(
        store, settings.training().batchSize(), settings.classConditional(), random.seed());
  }

  private void observe(Replicas<PriorModel> prior, CodeStore store) {
    CodeBatch all = batches(store).all();
    prior.first().network().observe(all.codes(), all.condition());
  }
}
