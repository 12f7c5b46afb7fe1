package org.vqvae.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every figure that {@code results.json} may hold, in the order in which it holds them. */
public final class ResultKeys {
  /**
   * Filled while this class is initialised, in the order of the keys below; never changed after.
   */
  private static final List<ResultKey> ALL = new ArrayList<>();

  public static final ResultKey EXPERIMENT =
      key("run.experiment", ResultKey.TEXT, "Experiment", "The name of the experiment.");
  public static final ResultKey SEED =
      key("run.seed", "number", "Seed", "The seed that all random streams of the run come from.");

  public static final ResultKey DATA_NAME =
      key("data.type", ResultKey.TEXT, "Data set", "The type of the data set.");
  public static final ResultKey DATA_FINGERPRINT =
      key(
          "data.fingerprint",
          ResultKey.TEXT,
          "Data fingerprint",
          "A digest of the data's content.");
  public static final ResultKey TRAIN_EXAMPLES =
      key(
          "data.train-examples",
          "examples",
          "Training examples",
          "Examples of the training split.");
  public static final ResultKey VALIDATION_EXAMPLES =
      key(
          "data.validation-examples",
          "examples",
          "Validation examples",
          "Examples of the validation split.");
  public static final ResultKey TEST_EXAMPLES =
      key("data.test-examples", "examples", "Test examples", "Examples of the test split.");
  public static final ResultKey DATA_VALUES =
      key(
          "data.values",
          "values",
          "Values of an example",
          "Height x width x channels of one picture; samples of one stretch of sound.");
  public static final ResultKey DATA_VARIANCE =
      key(
          "data.variance",
          "squared data units",
          "Data variance",
          "The variance of all values of the training split about their one common mean; pictures"
              + " are scaled to -0.5...+0.5, sound to -1...+1.");

  public static final ResultKey CODEBOOK_SIZE =
      key(
          "codes.codebook-size",
          "codes",
          "Codebook size K",
          "The number of entries of the codebook.");
  public static final ResultKey CODE_DIM =
      key("codes.code-dim", "values", "Code length D", "Values of a code vector.");
  public static final ResultKey POSITIONS =
      key(
          "codes.positions",
          "codes",
          "Codes of an example",
          "Positions of the latent grid of one example.");

  public static final ResultKey TRAIN_STEPS =
      key("train.steps", "steps", "Steps", "Steps of the autoencoder's training.");
  public static final ResultKey TRAIN_NLL =
      key(
          "train.nll",
          "nats per value",
          "Negative log-likelihood",
          "-ln p(x|z), the mean over all values of the training batches of the last log interval.");
  public static final ResultKey TRAIN_CODEBOOK_LOSS =
      key(
          "train.codebook-loss",
          "squared latent units",
          "Codebook loss",
          "|sg[z_e] - e|^2, the mean over all latents and their D values of the training batches of"
              + " the last log interval; 0 for a codebook that does not learn by it.");
  public static final ResultKey TRAIN_COMMITMENT_LOSS =
      key(
          "train.commitment-loss",
          "squared latent units",
          "Commitment loss",
          "beta |z_e - sg[e]|^2, the mean over all latents and their D values of the training"
              + " batches of the last log interval, beta applied.");
  public static final ResultKey TRAIN_BATCH_PERPLEXITY =
      key(
          "train.batch-perplexity",
          "codes",
          "Perplexity of a batch",
          "exp of the entropy of the codes of one batch, the mean over the training batches of the"
              + " last log interval: at most the smaller of K and the codes of a batch.");

  public static final ResultKey TEST_NLL =
      key(
          "test.nll",
          "nats per value",
          "Negative log-likelihood",
          "-ln p(x|z), the mean over all values of all test examples. The density of a Gaussian, so"
              + " it may be negative, or the probability of a mu-law level. A decoder that looks at"
              + " the values before each is given the true ones.");
  public static final ResultKey TEST_VARIANCE =
      key(
          "test.likelihood-variance",
          "squared data units",
          "Variance of the likelihood",
          "The variance of the Gaussian p(x|z), one for all values.");
  public static final ResultKey TEST_MSE =
      key(
          "test.mse",
          "squared data units",
          "Mean squared error",
          "(x - mean of p(x|z))^2, the mean over all values of all test examples; pictures are"
              + " scaled to -0.5...+0.5, sound to -1...+1. A decoder that looks at the values"
              + " before each is given the true ones.");
  public static final ResultKey TEST_NMSE =
      key(
          "test.nmse",
          "share",
          "MSE over data variance",
          "test.mse / data.variance: 0 is a perfect reconstruction, 1 is what the mean colour alone"
              + " would give.");
  public static final ResultKey TEST_CODEBOOK_LOSS =
      key(
          "test.codebook-loss",
          "squared latent units",
          "Codebook loss",
          "|sg[z_e] - e|^2, the mean over all latents of the test set and their D values; 0 for a"
              + " codebook that does not learn by it.");
  public static final ResultKey TEST_COMMITMENT_LOSS =
      key(
          "test.commitment-loss",
          "squared latent units",
          "Commitment loss",
          "beta |z_e - sg[e]|^2, the mean over all latents of the test set and their D values, beta"
              + " applied.");
  public static final ResultKey TEST_PERPLEXITY =
      key(
          "test.perplexity",
          "codes",
          "Perplexity",
          "exp(-sum p_k ln p_k), p_k the share of code k among all codes of the test set: how many"
              + " codes, used equally often, would be as varied.");
  public static final ResultKey TEST_PERPLEXITY_CODES =
      key(
          "test.perplexity-codes",
          "codes",
          "Perplexity taken over",
          "How many codes test.perplexity was taken over: those of all positions of all test"
              + " examples, also of positions that stand for filling only.");
  public static final ResultKey TEST_BATCH_PERPLEXITY =
      key(
          "test.batch-perplexity",
          "codes",
          "Perplexity of a batch",
          "The perplexity of one batch, the mean over the test batches: what other projects print."
              + " It grows with the batch, so compare it at equal test.batch-perplexity-codes"
              + " only.");
  public static final ResultKey TEST_BATCH_PERPLEXITY_CODES =
      key(
          "test.batch-perplexity-codes",
          "codes",
          "Batch perplexity taken over",
          "How many codes one batch of test.batch-perplexity held.");
  public static final ResultKey TEST_CODES_USED =
      key(
          "test.codes-used",
          "codes",
          "Codes in use",
          "Entries of the codebook that the test set uses at least once, be it for filling only.");

  public static final ResultKey PRIOR_BITS =
      key(
          "prior.<prior>.bits-per-code",
          "bits per code",
          "<prior>: bits per code",
          "-log2 p(code | codes before it) under <prior>, the mean over all codes of the test"
              + " set.");
  public static final ResultKey PRIOR_BELOW_UNIGRAM =
      key(
          "prior.<prior>.below-unigram",
          "share",
          "<prior>: saved over unigram",
          "1 - prior.<prior>.bits-per-code / prior.unigram.bits-per-code: what knowing the codes"
              + " before it saves.");
  public static final ResultKey PRIOR_STEPS =
      key(
          "prior.<prior>.steps",
          "steps",
          "<prior>: steps",
          "Steps of the prior's training; 0 for one that counts.");

  public static final ResultKey BOUND_DISTORTION =
      key(
          "bound.distortion",
          "bits per dim",
          "Distortion",
          "(test.nll + ln L) / ln 2: the bits of one value given the codes, where ln L turns a"
              + " density into the probability of one of the data's levels, which lie 1/L apart"
              + " (midpoint rule): L = 255 for pictures, 32768 for sound. A likelihood of levels"
              + " itself, such as that of mu-law levels, has L = 1. A Gaussian's variance is"
              + " test.likelihood-variance.");
  public static final ResultKey BOUND_RATE =
      key(
          "bound.<prior>.rate",
          "bits per dim",
          "<prior>: rate",
          "prior.<prior>.bits-per-code x codes.positions / the values of a test example that are"
              + " data, data.values unless some are filled up: the bits of the codes, spread over"
              + " the values.");
  public static final ResultKey BOUND_TOTAL =
      key(
          "bound.<prior>.bits-per-dim",
          "bits per dim",
          "<prior>: bound",
          "bound.distortion + bound.<prior>.rate: an upper bound on -log2 p(x) of one value, the"
              + " mean over all values of all test examples.");

  public static final ResultKey PROBE_ACCURACY =
      key(
          "probe.<field>.accuracy",
          "share",
          "<field>: told from the codes",
          "The share of test examples whose <field> a linear probe tells from the histogram of"
              + " their codes alone: multinomial logistic regression, trained on the codes of at"
              + " most 10,000 training examples, its L2 penalty the best of 0.0001, 0.001, 0.01 and"
              + " 0.1 on the validation split. An example that is a window of a longer sound is"
              + " told by that window's codes.");
  public static final ResultKey PROBE_CHANCE =
      key(
          "probe.<field>.chance",
          "share",
          "<field>: told without the codes",
          "The share of test examples whose <field> is the one that most training examples have.");

  static {
    ALL.addAll(SoundKeys.ALL);
  }

  public static final ResultKey TIME_TOTAL =
      key(
          "time.total",
          "seconds",
          "Whole run",
          "Training, extraction, priors, measuring, and the report's examples; interruptions, and"
              + " what was lost by them, not counted.");
  public static final ResultKey TIME_TRAIN =
      key(
          "time.train",
          "seconds",
          "Autoencoder training",
          "The autoencoder's training, data and metrics included.");
  public static final ResultKey TIME_TRAIN_STEP =
      key(
          "time.train-step",
          "milliseconds",
          "Autoencoder step",
          "time.train / train.steps: one training step, the mean, data and metrics included.");
  public static final ResultKey TIME_EXTRACT =
      key("time.extract", "seconds", "Extraction", "Encoding all splits into the code store.");
  public static final ResultKey TIME_PRIOR =
      key("time.<prior>.train", "seconds", "<prior>: training", "The training of <prior>.");
  public static final ResultKey TIME_SAMPLE =
      key(
          "time.<prior>.sample",
          "seconds",
          "<prior>: sampling",
          "Sampling and decoding the report's examples.");

  private ResultKeys() {}

  /** All of them, in order. */
  public static List<ResultKey> all() {
    return List.copyOf(ALL);
  }

  /** The key of that name, its placeholder filled. */
  public static Optional<ResultKey> find(String name) {
    return ALL.stream().filter(key -> key.covers(name)).findFirst().map(key -> key.as(name));
  }

  /** The documentation of all keys: the content of {@code docs/results-keys.md}. */
  public static String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # The keys of results.json

            `results.json` in a run folder is one flat object: every figure of `report.html` under one of these keys, in
            this order. A run leaves out what it did not measure. Numbers are plain JSON numbers; one that is not finite
            is the string `"NaN"`, `"Infinity"` or `"-Infinity"`. `<prior>` stands for the name of a prior, such as
            `pixelcnn`, `<field>` for something that is known of every example, such as `class` or `speaker`. Losses are in nats, codes in bits.

            | key | unit | meaning |
            | --- | --- | --- |
            """);
    for (ResultKey key : ALL) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  key.name(), key.unit(), key.meaning().replace("|", "\\|").replace("<", "&lt;")));
    }
    return page.toString();
  }

  private static ResultKey key(String name, String unit, String label, String meaning) {
    ResultKey key = new ResultKey(name, unit, label, meaning);
    ALL.add(key);
    return key;
  }
}
