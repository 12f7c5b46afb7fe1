package org.vqvae.core.experiment;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.ExperimentSettings.Training;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.report.Results;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.store.StoreException;

/**
 * An experiment in its run folder: train the autoencoder, extract its codes, train a prior, and
 * what came of it.
 *
 * <p>Every stage looks first whether its result is there already, so that a run that was stopped
 * goes on where it was.
 */
public final class Experiment {
  /** What is drawn at once: a quarter of an hour of speech at 22 kHz, and more. */
  private static final int MOST_VALUES = 1 << 25;

  private static final int CHECKPOINTS_KEPT = 2;

  private final ExperimentConfig config;
  private final ExperimentSettings settings;
  private final Components components;
  private final RandomStreams random;
  private final CodeLoss codeLoss;
  private final RunFolder folder;
  private final StopSignal stop;
  private final TrainingListener listener;
  private @Nullable Dataset dataset;
  private @Nullable FrozenAutoencoder frozen;

  /**
   * @param components builds what the config chose
   * @param random all of its randomness
   * @param folder where its results are, or will be
   * @param stop asks it to stop after the step under way
   * @param listener watches the training
   */
  public Experiment(
      ExperimentConfig config,
      Components components,
      RandomStreams random,
      Kernels kernels,
      RunFolder folder,
      StopSignal stop,
      TrainingListener listener) {
    this.config = config;
    this.settings = config.settings();
    this.random = random;
    this.components = components;
    this.codeLoss = new CodeLoss(kernels);
    this.folder = folder;
    this.stop = stop;
    this.listener = listener;
  }

  public RunFolder folder() {
    return folder;
  }

  ExperimentConfig config() {
    return config;
  }

  RandomStreams random() {
    return random;
  }

  CodeLoss codeLoss() {
    return codeLoss;
  }

  /**
   * The data, opened when it is first asked for.
   *
   * @throws StoreException if it is no longer what the run began with
   */
  public Dataset dataset() {
    if (dataset == null) {
      dataset = components.get(Dataset.class);
      checkSame(dataset.fingerprint());
    }
    return dataset;
  }

  private void checkSame(String fingerprint) {
    Provenance provenance =
        Provenance.parse(RunFolder.text(folder.provenance()), folder.provenance().toString());
    if (!provenance.data().equals(fingerprint)) {
      throw new StoreException(
          "%s: the run began with data %s but the data is %s now; bring the old data back, or begin a new run"
              .formatted(folder.path(), provenance.data(), fingerprint));
    }
  }

  /**
   * Stage 1: trains the autoencoder, from the newest checkpoint if there is one, and freezes it.
   */
  public FrozenAutoencoder trainAutoencoder() {
    if (Files.exists(folder.autoencoder())) {
      return autoencoder();
    }
    Dataset data = dataset();
    double variance = Variance.of(data.examples(Split.TRAIN), data.spec());
    TrainedData trained = new TrainedData(data.spec(), variance, data.fingerprint());
    Autoencoder autoencoder = build(trained);
    Training training = settings.autoencoder().training();
    loop(AutoencoderTask.STAGE, training)
        .run(
            new AutoencoderTask(
                autoencoder, batches(Split.TRAIN), batches(Split.VALIDATION), variance));
    AutoencoderFile file =
        AutoencoderFile.save(folder.autoencoder(), autoencoder, architecture(), trained);
    frozen = new FrozenAutoencoder(autoencoder, file.fingerprint(), trained);
    return frozen;
  }

  /**
   * The trained autoencoder of this run.
   *
   * @throws StoreException if it is not trained yet
   */
  public FrozenAutoencoder autoencoder() {
    if (frozen == null) {
      if (!Files.exists(folder.autoencoder())) {
        throw new StoreException(
            "%s: there is no trained autoencoder; train it with: vqvae train %s --out %s --resume"
                .formatted(folder.autoencoder(), folder.config(), folder.path()));
      }
      AutoencoderFile file = AutoencoderFile.read(folder.autoencoder());
      Autoencoder autoencoder = build(file.data());
      file.load(folder.autoencoder(), autoencoder, architecture());
      frozen = new FrozenAutoencoder(autoencoder, file.fingerprint(), file.data());
    }
    return frozen;
  }

  private Autoencoder build(TrainedData data) {
    return new Autoencoder(
        data.spec(),
        data.variance(),
        components.get(Encoder.class),
        components.get(Quantizer.class),
        components.get(Decoder.class),
        settings.autoencoder().latentWeight(),
        Optimizers.adam(settings.autoencoder().training()),
        random.named("initialization"));
  }

  /** What decides what the network computes: part of its identity. */
  private String architecture() {
    ConfigObject resolved = config.resolved();
    return Stream.of("encoder", "quantizer", "decoder")
        .map(
            role ->
                role
                    + " "
                    + requireNonNull(resolved.get(role)).render(ConfigRenderOptions.concise()))
        .collect(Collectors.joining("\n"));
  }

  /**
   * Encodes all splits into the code store, those that are not there yet.
   *
   * @throws StoreException if the autoencoder is not trained yet
   */
  public void extract() {
    new Extraction(this, stop, listener).run();
  }

  /** The codes of a split, as this run's autoencoder made them. */
  CodeStore codes(Split split) {
    return CodeStore.open(folder.codes(split), autoencoder().fingerprint());
  }

  /**
   * Stage 2: fits the chosen prior and the baselines to the codes.
   *
   * @throws StoreException if the autoencoder is not trained yet
   */
  public void trainPriors() {
    extract();
    // steps on the codes of another autoencoder are not to be gone on from
    String checkpoints = PriorTask.STAGE + "-" + autoencoder().fingerprint().substring(0, 8);
    Training training = settings.priorTraining().training();
    priors()
        .forEach(
            (name, prior) ->
                priorStage()
                    .fit(
                        name,
                        prior,
                        codes(Split.TRAIN),
                        codes(Split.VALIDATION),
                        loop(checkpoints, training)));
  }

  /** The name of the prior that the experiment is about. */
  public String chosenPrior() {
    return config.selected(Prior.class).type();
  }

  /** Baselines first, the chosen one last. */
  private Map<String, Prior> priors() {
    Map<String, Prior> priors = new LinkedHashMap<>(components.baselines());
    priors.remove(chosenPrior());
    priors.put(chosenPrior(), components.get(Prior.class));
    return priors;
  }

  PriorStage priorStage() {
    return new PriorStage(folder, settings.priorTraining(), random, codeLoss);
  }

  /**
   * Measures the run on the test split and writes {@code results.json} and {@code report.html}.
   *
   * @throws StoreException if a stage has not ended yet
   */
  public Results report() {
    List<FittedPrior> fitted = new ArrayList<>();
    CodeSpace codes = autoencoder().network().codeSpace();
    priors().forEach((name, prior) -> fitted.add(fitted(name, prior, codes)));
    return new RunReport(this).write(fitted);
  }

  /**
   * Draws examples from the chosen prior and writes them: pictures as one sheet, sound as files.
   *
   * @return the files
   */
  public List<Path> sample(Samples wanted, Path outFolder) {
    Grid size = orElse(wanted.size(), autoencoder().data().spec().grid());
    int count = orElse(wanted.count(), settings.sampling().count());
    Gallery gallery = new Gallery(this);
    CodeSpace codes = gallery.codeSpace(size);
    checkRoom(count, size, codes);
    FittedPrior prior = fitted(chosenPrior(), components.get(Prior.class), codes);
    SamplingSettings sampling =
        new SamplingSettings(
            orElse(wanted.temperature(), settings.sampling().temperature()),
            orElse(wanted.topK(), settings.sampling().topK()));
    int[] labels =
        wanted.className() == null
            ? gallery.labels(prior, count)
            : gallery.labels(prior, count, wanted.className());
    long seed = orElse(wanted.seed(), settings.seed());
    return gallery.write(
        gallery.samples(prior, size, sampling, count, labels, seed),
        outFolder,
        "%s-%d".formatted(prior.name(), seed));
  }

  private void checkRoom(int count, Grid size, CodeSpace codes) {
    Autoencoder autoencoder = autoencoder().network();
    double ofACode = (double) autoencoder.data().values() / autoencoder.codeSpace().positions();
    double values =
        Arrays.stream(codes.grid().sizes())
            .asDoubleStream()
            .reduce(count * ofACode, (a, b) -> a * b);
    if (count < 1 || values > MOST_VALUES) {
      throw new IncompatibleException(
          "%d examples of size %s cannot be drawn at once: ask for 1 or more, of at most %d values (samples, or pixels times channels) in all"
              .formatted(count, size, MOST_VALUES));
    }
  }

  /**
   * Writes test examples, those of the report and more, and their reconstructions: pictures as one
   * sheet, sound as files; and a page that shows the first of them side by side.
   *
   * @return the files
   */
  public List<Path> reconstruct(int count, Path outFolder) {
    RunEvidence evidence = new RunEvidence(this, List.of());
    return new Gallery(this).write(evidence.reconstructions(count), outFolder, "reconstructions");
  }

  /**
   * What codes files with this run's autoencoder.
   *
   * @throws StoreException if it is not trained yet
   */
  public FileCoder files() {
    return new FileCoder(autoencoder(), config);
  }

  private FittedPrior fitted(String name, Prior prior, CodeSpace codes) {
    FrozenAutoencoder autoencoder = autoencoder();
    return priorStage()
        .load(
            name,
            prior,
            codes,
            autoencoder.data().spec().classes().size(),
            autoencoder.fingerprint());
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  SamplingSettings samplingSettings() {
    return new SamplingSettings(settings.sampling().temperature(), settings.sampling().topK());
  }

  /** Batches of a split, of the size that the autoencoder trains with. */
  Batches batches(Split split) {
    return new Batches(
        dataset(), split, settings.autoencoder().training().batchSize(), settings.seed());
  }

  private TrainingLoop loop(String checkpoints, Training training) {
    return new TrainingLoop(
        Optimizers.schedule(training),
        folder.checkpoints(checkpoints, CHECKPOINTS_KEPT),
        random,
        stop,
        listener);
  }
}
