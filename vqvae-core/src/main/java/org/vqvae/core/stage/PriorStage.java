package org.vqvae.core.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ExperimentSettings.PriorTraining;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorPerMap;
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
  private final CodeLoss loss;

  PriorStage(
      RunFolder folder,
      PriorTraining settings,
      Optimization optimization,
      RandomStreams random,
      CodeLoss loss) {
    this.folder = folder;
    this.settings = settings;
    this.optimization = optimization;
    this.random = random;
    this.loss = loss;
  }

  /** Fits the prior, unless that is done, and leaves its file. */
  void fit(String name, Prior prior, CodeStore training, CodeStore validation, TrainingLoop loop) {
    Path file = folder.prior(name);
    String autoencoder = training.info().autoencoder();
    if (isFitted(file, autoencoder)) {
      return;
    }
    PriorNetwork network = build(prior, training.info().shape(), training.info().classes());
    boolean learns = network.parameters().stream().anyMatch(Parameter::isLearned);
    if (learns) {
      train(name, network, training, validation, loop);
    } else {
      bind(network).initialize(random.named("prior/" + name));
      observe(network, training);
    }
    WeightsFile.write(file, NamedArrays.of(network.parameters()), Map.of(AUTOENCODER, autoencoder));
  }

  /**
   * Loads a fitted prior.
   *
   * @throws StoreException if it is not there or was fitted to the codes of another autoencoder
   */
  FittedPrior load(String name, Prior prior, CodeShape shape, int classes, String autoencoder) {
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
    PriorNetwork network = build(prior, shape, classes);
    bind(network);
    NamedArrays.load(network.parameters(), contents.arrays(), file.toString());
    return new FittedPrior(name, network, settings.classConditional());
  }

  private PriorNetwork build(Prior prior, CodeShape shape, int classes) {
    Conditions conditions = Conditions.ofClasses(settings.classConditional() ? classes : 0);
    return PriorPerMap.of(prior, shape, conditions, Scope.root(random).child("prior"));
  }

  private static boolean isFitted(Path file, String autoencoder) {
    return Files.exists(file)
        && autoencoder.equals(WeightsFile.read(file).metadata().get(AUTOENCODER));
  }

  private static ParameterVector bind(PriorNetwork network) {
    return ParameterVector.allocate(network.parameters(), DataType.FLOAT);
  }

  private void train(
      String name,
      PriorNetwork network,
      CodeStore training,
      CodeStore validation,
      TrainingLoop loop) {
    PriorTrainer trainer =
        new PriorTrainer(network, loss, optimization, random.named("prior/" + name));
    observe(network, training);
    switch (settings.keep()) {
      case LAST -> loop.run(task(trainer, training, validation, bits -> {}));
      case BEST -> {
        BestParameters best = new BestParameters(loop.bestFile());
        List<Parameter> parameters = network.parameters();
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
        new PriorEvaluator(loss),
        evaluated);
  }

  /** The batches of a split's codes, with labels if the prior is conditioned on them. */
  CodeBatches batches(CodeStore store) {
    return new CodeBatches(
        store, settings.training().batchSize(), settings.classConditional(), random.seed());
  }

  private void observe(PriorNetwork network, CodeStore store) {
    CodeBatch all = batches(store).all();
    network.observe(all.codes(), all.condition());
  }
}
