package org.vqvae.core.config;

import org.vqvae.core.Optimizer;
import org.vqvae.core.RateSchedule;

/**
 * What an experiment says beside its components. The defaults, and what each setting means, are in
 * {@code reference.conf} under {@code vqvae.experiment}.
 *
 * @param name names the run folder
 * @param seed the one number from which all randomness comes
 */
public record ExperimentSettings(
    String name,
    long seed,
    Engine engine,
    Autoencoder autoencoder,
    PriorTraining priorTraining,
    Sampling sampling) {

  private static final String FOLDER_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  /** Reads the settings of an experiment; its components are read beside them. */
  public static ExperimentSettings read(ConfigReader in) {
    String name = in.text("name");
    if (!name.matches(FOLDER_NAME)) {
      in.problem(
          "name",
          "names a folder: must be letters, digits, '.', '_' and '-', a letter or digit first");
    }
    return new ExperimentSettings(
        name,
        in.integer("seed").atLeast(0),
        in.section("engine", Engine::read),
        in.section("autoencoder", Autoencoder::read),
        in.section("prior-training", PriorTraining::read),
        in.section("sampling", Sampling::read));
  }

  /** The name that can be a folder's which is nearest to a text. */
  public static String folderName(String text) {
    String name = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return name.isEmpty() ? "experiment" : name;
  }

  /**
   * How numbers are crunched.
   *
   * @param threads how many threads compute; 0: see {@link
   *     org.vqvae.core.kernel.ThreadCount#ofThisProcess}
   */
  public record Engine(KernelChoice kernels, Precision precision, int threads) {
    static Engine read(ConfigReader in) {
      return new Engine(
          in.choice("kernels", KernelChoice.class),
          in.choice("precision", Precision.class),
          in.integer("threads").between(0, 1024));
    }
  }

  /** Which implementation of {@link org.vqvae.core.kernel.Kernels} to use. */
  public enum KernelChoice {
    /** oneDNN where it runs, else libnd4j's own. */
    AUTO,
    ONEDNN,
    NATIVE
  }

  /** The number format in which the kernels multiply; parameters and sums are always float. */
  public enum Precision {
    FLOAT32,
    BFLOAT16
  }

  /** The first stage: the autoencoder. */
  public record Autoencoder(Training training) {
    static Autoencoder read(ConfigReader in) {
      return new Autoencoder(Training.read(in));
    }
  }

  /**
   * The second stage: a prior over the frozen autoencoder's codes.
   *
   * @param classConditional whether the prior is told the class of an example
   * @param keep which weights a prior ends with
   */
  public record PriorTraining(Training training, boolean classConditional, Keep keep) {
    static PriorTraining read(ConfigReader in) {
      return new PriorTraining(
          Training.read(in), in.flag("class-conditional"), in.choice("keep", Keep.class));
    }
  }

  /** Of which step a stage keeps the weights. */
  public enum Keep {
    /** The evaluation with the lowest loss on the validation split. */
    BEST,
    LAST
  }

  /**
   * How one stage trains; the {@code every} are counted in steps.
   *
   * @param steps the number of batches, one update each
   * @param accumulate the number of parts in which a batch is computed
   * @param learningRate the optimizer's step size
   * @param schedule the factor of the learning rate, step by step
   * @param weightDecay the share, times the rate, by which weights shrink at every step; 0: not at
   *     all
   * @param clipNorm the largest norm of a gradient, which is scaled down to it; 0: any
   */
  public record Training(
      int steps,
      int batchSize,
      int accumulate,
      double learningRate,
      Chosen<Optimizer> optimizer,
      Chosen<RateSchedule> schedule,
      double weightDecay,
      double clipNorm,
      int evaluateEvery,
      int checkpointEvery,
      int logEvery) {
    static Training read(ConfigReader in) {
      int steps = in.integer("steps").atLeast(1);
      int batchSize = in.integer("batch-size").atLeast(1);
      return new Training(
          steps,
          batchSize,
          parts(batchSize, in),
          in.real("learning-rate").greaterThan(0),
          in.component(Optimizer.class, "optimizer"),
          in.component(RateSchedule.class, "schedule"),
          in.real("weight-decay").atLeast(0),
          in.real("clip-norm").atLeast(0),
          in.integer("evaluate-every").atLeast(1),
          in.integer("checkpoint-every").atLeast(1),
          in.integer("log-every").atLeast(1));
    }

    private static int parts(int batchSize, ConfigReader in) {
      int parts = in.integer("accumulate").atLeast(1);
      if (parts > batchSize) {
        in.problem("accumulate", "must be at most the batch-size, which is " + batchSize);
      }
      return parts;
    }
  }

  /**
   * What is drawn from the prior in the end.
   *
   * @param count how many examples
   * @param temperature divides the prior's logits
   * @param topK only the K most probable codes of each position are drawn; 0 for all
   */
  public record Sampling(int count, double temperature, int topK) {
    static Sampling read(ConfigReader in) {
      return new Sampling(
          in.integer("count").atLeast(1),
          in.real("temperature").greaterThan(0),
          in.integer("top-k").atLeast(0));
    }
  }
}
