package org.vqvae.core.config;

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

  /** How numbers are crunched. */
  public record Engine(KernelChoice kernels, Precision precision) {
    static Engine read(ConfigReader in) {
      return new Engine(
          in.choice("kernels", KernelChoice.class), in.choice("precision", Precision.class));
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

  /**
   * The first stage: encoder, quantizer and decoder.
   *
   * @param latentWeight the weight of the quantizer's loss against the likelihood's nats per value
   */
  public record Autoencoder(Training training, double latentWeight) {
    static Autoencoder read(ConfigReader in) {
      return new Autoencoder(Training.read(in), in.real("latent-weight").atLeast(0));
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
   * @param learningRate Adam's step size, constant
   */
  public record Training(
      int steps,
      int batchSize,
      double learningRate,
      Adam adam,
      int evaluateEvery,
      int checkpointEvery,
      int logEvery) {
    static Training read(ConfigReader in) {
      return new Training(
          in.integer("steps").atLeast(1),
          in.integer("batch-size").atLeast(1),
          in.real("learning-rate").greaterThan(0),
          in.section("adam", Adam::read),
          in.integer("evaluate-every").atLeast(1),
          in.integer("checkpoint-every").atLeast(1),
          in.integer("log-every").atLeast(1));
    }
  }

  /**
   * Adam's decay rates and the term that keeps its denominator from zero (Kingma and Ba 2015,
   * algorithm 1).
   */
  public record Adam(double beta1, double beta2, double epsilon) {
    static Adam read(ConfigReader in) {
      return new Adam(rate("beta1", in), rate("beta2", in), in.real("epsilon").greaterThan(0));
    }

    private static double rate(String key, ConfigReader in) {
      double rate = in.real(key).between(0, 1);
      if (rate == 1) {
        in.problem(key, "must be less than 1, or nothing is ever learned");
      }
      return rate;
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
