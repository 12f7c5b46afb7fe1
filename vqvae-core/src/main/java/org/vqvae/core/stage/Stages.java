package org.vqvae.core.stage;

import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ExperimentSettings.Training;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.run.TrainedData;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.Optimizations;
import org.vqvae.core.training.StopSignal;
import org.vqvae.core.training.TrainingListener;
import org.vqvae.core.training.TrainingLoop;

/**
 * The stages of a run: train the autoencoder, extract its codes, fit priors. Each looks first
 * whether its result is there already, so that a run that was stopped goes on where it was.
 */
public final class Stages {
  private static final int CHECKPOINTS_KEPT = 2;

  private final TrainedRun run;
  private final StopSignal stop;
  private final TrainingListener listener;

  /**
   * @param stop asks a stage to stop after the step under way
   * @param listener watches the training
   */
  public Stages(TrainedRun run, StopSignal stop, TrainingListener listener) {
    this.run = run;
    this.stop = stop;
    this.listener = listener;
  }

  /**
   * Stage 1: trains the autoencoder, from the newest checkpoint if there is one, and freezes it.
   */
  public FrozenAutoencoder trainAutoencoder() {
    if (run.isAutoencoderTrained()) {
      return run.autoencoder();
    }
    Dataset data = run.dataset();
    double variance = Variance.of(data.examples(Split.TRAIN), data.spec());
    TrainedData trained = new TrainedData(data.spec(), variance, data.fingerprint());
    Training training = run.settings().autoencoder().training();
    Replicas<ModelNetwork> model = run.build(trained);
    AutoencoderTrainer trainer =
        new AutoencoderTrainer(model, Optimizations.of(training, run.components().parts()));
    loop(AutoencoderTask.STAGE, training)
        .run(
            new AutoencoderTask(
                trainer,
                run.random().named("initialization"),
                run.batches(Split.TRAIN),
                run.batches(Split.VALIDATION),
                training.accumulate(),
                variance));
    return run.freeze(model, trained);
  }

  /**
   * Encodes all splits into the code store, those that are not there yet.
   *
   * @throws IncompatibleException if the model has no codes
   */
  public void extract() {
    new Extraction(run, stop, listener).run();
  }

  /**
   * Stage 2: fits the chosen prior and the baselines to the codes.
   *
   * @throws IncompatibleException if the model has no codes, or the experiment has no prior
   */
  public void trainPriors() {
    extract();
    if (!run.hasPrior()) {
      throw new IncompatibleException(
          "this run has no prior (prior = none), so there is none to train; train a run with a"
              + " prior (vqvae list)");
    }
    // steps on the codes of another autoencoder are not to be gone on from
    String checkpoints = PriorTask.STAGE + "-" + run.autoencoder().fingerprint().substring(0, 8);
    Training training = run.settings().priorTraining().training();
    run.priors()
        .keySet()
        .forEach(
            name ->
                run.priorStage()
                    .fit(
                        name,
                        run.codes(Split.TRAIN),
                        run.codes(Split.VALIDATION),
                        loop(checkpoints, training)));
  }

  /**
   * All stages that the experiment has: one without codes ends with the autoencoder, one without a
   * prior with the codes.
   */
  public void all() {
    if (!trainAutoencoder().hasCodes()) {
      return;
    }
    if (run.hasPrior()) {
      trainPriors();
    } else {
      extract();
    }
  }

  private TrainingLoop loop(String checkpoints, Training training) {
    return new TrainingLoop(
        Optimizations.schedule(training),
        run.folder().checkpoints(checkpoints, CHECKPOINTS_KEPT),
        run.random(),
        stop,
        listener);
  }
}
