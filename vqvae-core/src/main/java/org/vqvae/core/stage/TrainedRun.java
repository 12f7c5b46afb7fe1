package org.vqvae.core.stage;

import com.typesafe.config.ConfigObject;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Model;
import org.vqvae.core.Prior;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.model.NoPrior;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.WorkerComponents;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.run.Architecture;
import org.vqvae.core.run.AutoencoderFile;
import org.vqvae.core.run.Provenance;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.run.TrainedData;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.training.Optimizations;

/**
 * What the stages of a run, its measurements and its commands read: the config, the data, and what
 * the stages before have left in the run folder. Each is opened when it is first asked for.
 */
public final class TrainedRun {
  private static final List<String> ARCHITECTURE =
      List.of("model", "encoder", "quantizer", "decoder");

  private final ExperimentConfig config;
  private final WorkerComponents components;
  private final RandomStreams random;
  private final RunFolder folder;
  private @Nullable Dataset dataset;
  private @Nullable FrozenAutoencoder frozen;

  /**
   * @param components builds what the config chose
   * @param random all of its randomness
   * @param folder where its results are, or will be
   */
  public TrainedRun(
      ExperimentConfig config,
      WorkerComponents components,
      RandomStreams random,
      RunFolder folder) {
    this.config = config;
    this.components = components;
    this.random = random;
    this.folder = folder;
  }

  public ExperimentConfig config() {
    return config;
  }

  public ExperimentSettings settings() {
    return config.settings();
  }

  public RunFolder folder() {
    return folder;
  }

  RandomStreams random() {
    return random;
  }

  /** What is needed once: data, optimizers, and what to ask about the others. */
  Components components() {
    return components.first();
  }

  /**
   * The data.
   *
   * @throws StoreException if it is no longer what the run began with
   */
  public Dataset dataset() {
    if (dataset == null) {
      dataset = components().get(Dataset.class);
      checkSame(dataset.fingerprint());
    }
    return dataset;
  }

  private void checkSame(String fingerprint) {
    Provenance provenance = Provenance.read(folder);
    if (!provenance.data().equals(fingerprint)) {
      throw new StoreException(
          "%s: the run began with data %s but the data is %s now; bring the old data back, or begin a new run"
              .formatted(folder.path(), provenance.data(), fingerprint));
    }
  }

  /** Batches of a split, of the size that the autoencoder trains with. */
  public Batches batches(Split split) {
    return new Batches(
        dataset(), split, settings().autoencoder().training().batchSize(), settings().seed());
  }

  public boolean isAutoencoderTrained() {
    return Files.exists(folder.autoencoder());
  }

  /**
   * The trained autoencoder of this run.
   *
   * @throws StoreException if it is not trained yet
   */
  public FrozenAutoencoder autoencoder() {
    if (frozen == null) {
      if (!isAutoencoderTrained()) {
        throw new StoreException(
            "%s: there is no trained autoencoder; train it with: vqvae train %s --out %s --resume"
                .formatted(folder.autoencoder(), folder.config(), folder.path()));
      }
      AutoencoderFile file = AutoencoderFile.read(folder.autoencoder());
      Replicas<ModelNetwork> model = build(file.data());
      file.load(folder.autoencoder(), model.vector().parameters(), architecture());
      frozen = new FrozenAutoencoder(model, file.fingerprint(), file.data());
    }
    return frozen;
  }

  /** A network as the config wants it, for such data. */
  Replicas<ModelNetwork> build(TrainedData data) {
    return components.replicas(
        own -> own.get(Model.class).build(data.spec(), data.variance(), own.root()));
  }

  /** Keeps a network that was trained just now. */
  FrozenAutoencoder freeze(Replicas<ModelNetwork> model, TrainedData data) {
    AutoencoderFile file =
        AutoencoderFile.save(
            folder.autoencoder(), model.vector().parameters(), architecture(), data);
    frozen = new FrozenAutoencoder(model, file.fingerprint(), data);
    return frozen;
  }

  private Architecture architecture() {
    ConfigObject sections = config.resolved();
    for (String key : config.resolved().keySet()) {
      sections = ARCHITECTURE.contains(key) ? sections : sections.withoutKey(key);
    }
    return Architecture.of(config.identity(ARCHITECTURE), sections);
  }

  /** The codes of a split, as this run's autoencoder made them. */
  public CodeStore codes(Split split) {
    return CodeStore.open(folder.codes(split), autoencoder().fingerprint());
  }

  /** The name of the prior that the experiment is about. */
  public String chosenPrior() {
    return config.selected(Prior.class).type();
  }

  /** Whether the experiment has a prior at all. */
  public boolean hasPrior() {
    return !(components().get(Prior.class) instanceof NoPrior);
  }

  /** Baselines first, the chosen one last; none without a prior. */
  public Map<String, Prior> priors() {
    Map<String, Prior> priors = new LinkedHashMap<>();
    if (hasPrior()) {
      priors.putAll(components().baselines());
      priors.remove(chosenPrior());
      priors.put(chosenPrior(), components().get(Prior.class));
    }
    return priors;
  }

  /** The baselines' names, in their order. */
  public List<String> baselines() {
    return config.baselines().stream().map(selected -> selected.type()).toList();
  }

  /**
   * The chosen prior, fitted, for codes of that shape.
   *
   * @throws StoreException if it is not fitted yet
   */
  public FittedPrior chosen(CodeShape shape) {
    return priorStage().load(chosenPrior(), shape, classes(), autoencoder().fingerprint());
  }

  /** All priors, fitted, the chosen one last. */
  public List<FittedPrior> fitted() {
    FrozenAutoencoder of = autoencoder();
    return priors().keySet().stream()
        .map(name -> priorStage().load(name, of.codeShape(), classes(), of.fingerprint()))
        .toList();
  }

  private int classes() {
    return autoencoder().data().spec().classes().size();
  }

  PriorStage priorStage() {
    return new PriorStage(
        folder,
        settings().priorTraining(),
        Optimizations.of(settings().priorTraining().training(), components().parts()),
        random,
        components,
        chosenPrior());
  }

  /** The batches of a split's codes, as the priors see them. */
  public CodeBatches codeBatches(Split split) {
    return priorStage().batches(codes(split));
  }

  public SamplingSettings samplingSettings() {
    return new SamplingSettings(settings().sampling().temperature(), settings().sampling().topK());
  }
}
