package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.util.List;
import org.vqvae.core.coder.FileCoder;
import org.vqvae.core.measure.ReconstructionFiles;
import org.vqvae.core.measure.RunEvidence;
import org.vqvae.core.measure.RunReport;
import org.vqvae.core.report.Summary;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.stage.FrozenAutoencoder;
import org.vqvae.core.stage.Stages;
import org.vqvae.core.stage.TrainedRun;

/**
 * An experiment in its run folder: what can be done with it.
 *
 * <p>Every stage looks first whether its result is there already, so that a run that was stopped
 * goes on where it was.
 */
public final class Experiment {
  private final TrainedRun run;
  private final Stages stages;

  Experiment(TrainedRun run, Stages stages) {
    this.run = run;
    this.stages = stages;
  }

  public RunFolder folder() {
    return run.folder();
  }

  /** The name of the prior that the experiment is about. */
  public String chosenPrior() {
    return run.chosenPrior();
  }

  /** All stages: trains the autoencoder and, if it has codes, the priors. */
  public void trainAll() {
    stages.all();
  }

  /** Stage 1: trains the autoencoder, from the newest checkpoint if there is one. */
  public FrozenAutoencoder trainAutoencoder() {
    return stages.trainAutoencoder();
  }

  /**
   * The trained autoencoder of this run.
   *
   * @throws org.vqvae.core.store.StoreException if it is not trained yet
   */
  public FrozenAutoencoder autoencoder() {
    return run.autoencoder();
  }

  /** Encodes all splits into the code store, those that are not there yet. */
  public void extract() {
    stages.extract();
  }

  /** Stage 2: fits the chosen prior and the baselines to the codes. */
  public void trainPriors() {
    stages.trainPriors();
  }

  /**
   * Measures the run on the test split and writes {@code results.json} and {@code report.html}.
   *
   * @return what they say in short
   * @throws org.vqvae.core.store.StoreException if a stage has not ended yet
   */
  public Summary report() {
    return new RunReport(run).write();
  }

  /**
   * Draws examples from the chosen prior, or from the latents of a model without codes, and writes
   * them: pictures as one sheet, sound as files.
   *
   * @return the files
   */
  public List<Path> sample(SampleRequest request, Path outFolder) {
    return new Sampling(run).write(request, outFolder);
  }

  /**
   * Writes test examples, those of the report and more, and their reconstructions: pictures as one
   * sheet, sound as files; and a page that shows the first of them side by side.
   *
   * @return the files
   */
  public List<Path> reconstruct(int count, Path outFolder) {
    RunEvidence evidence = new RunEvidence(run, List.of());
    return new ReconstructionFiles(run.config(), evidence.data())
        .write(evidence.reconstructions(count), outFolder, "reconstructions");
  }

  /**
   * What codes files with this run's autoencoder.
   *
   * @throws org.vqvae.core.store.StoreException if it is not trained yet
   */
  public FileCoder files() {
    return new FileCoder(run.autoencoder(), run.config());
  }
}
