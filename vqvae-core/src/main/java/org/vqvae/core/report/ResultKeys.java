package org.vqvae.core.report;

import java.util.List;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;

/** The figures of {@code results.json} that all media have. */
public final class ResultKeys {
  public static final ResultKey EXPERIMENT =
      new ResultKey("run.experiment", ResultKey.TEXT, "Experiment", "The name of the experiment.");
  public static final ResultKey SEED =
      new ResultKey(
          "run.seed", "number", "Seed", "The seed that all random streams of the run come from.");

  public static final ResultKey TIME_TOTAL =
      new ResultKey(
          "time.total",
          "seconds",
          "Whole run",
          "Training, extraction, priors, measuring, and the report's examples; interruptions,"
              + " and what was lost by them, not counted.");
  public static final ResultKey TIME_TRAIN =
      new ResultKey(
          "time.train",
          "seconds",
          "Autoencoder training",
          "The autoencoder's training, data and metrics included.");
  public static final ResultKey TIME_TRAIN_STEP =
      new ResultKey(
          "time.train-step",
          "milliseconds",
          "Autoencoder step",
          "time.train / train.steps: one training step, the mean, data and metrics included.");
  public static final ResultKey TIME_EXTRACT =
      new ResultKey(
          "time.extract", "seconds", "Extraction", "Encoding all splits into the code store.");
  public static final ResultKey TIME_PRIOR =
      new ResultKey(
          "time.<prior>.train", "seconds", "<prior>: training", "The training of <prior>.");
  public static final ResultKey TIME_SAMPLE =
      new ResultKey(
          "time.<prior>.sample",
          "seconds",
          "<prior>: sampling",
          "Sampling and decoding the report's examples. <prior> is `latents` where a model"
              + " draws its latents itself.");

  public static final ResultKey DATA_NAME =
      new ResultKey("data.type", ResultKey.TEXT, "Data set", "The type of the data set.");
  public static final ResultKey DATA_FINGERPRINT =
      new ResultKey(
          "data.fingerprint",
          ResultKey.TEXT,
          "Data fingerprint",
          "A digest of the data's content.");
  public static final ResultKey TRAIN_EXAMPLES =
      new ResultKey(
          "data.train-examples",
          "examples",
          "Training examples",
          "Examples of the training split.");
  public static final ResultKey VALIDATION_EXAMPLES =
      new ResultKey(
          "data.validation-examples",
          "examples",
          "Validation examples",
          "Examples of the validation split.");
  public static final ResultKey TEST_EXAMPLES =
      new ResultKey(
          "data.test-examples", "examples", "Test examples", "Examples of the test split.");
  public static final ResultKey DATA_VALUES =
      new ResultKey(
          "data.values",
          "values",
          "Values of an example",
          "Height x width x channels of one picture; samples of one stretch of sound.");
  public static final ResultKey DATA_VARIANCE =
      new ResultKey(
          "data.variance",
          "squared data units",
          "Data variance",
          "The variance of all values of the training split about their one common mean;"
              + " pictures are scaled to -0.5...+0.5, sound to -1...+1.");

  public static final ResultKey LATENT_DIM =
      new ResultKey(
          "latents.dim",
          "values",
          "Latent length D",
          "Values of a latent that the decoder gets, such as those of a code vector; of the"
              + " finest map if there are several.");
  public static final ResultKey LATENT_POSITIONS =
      new ResultKey(
          "latents.positions",
          "latents",
          "Latents of an example",
          "Positions of the latent grid of one example; of the finest map if there are several.");
  public static final ResultKey CODES =
      new ResultKey(
          "codes.count",
          "codes",
          "Codes of an example",
          "The number of codes of one example, those of all positions of all maps, of every"
              + " codebook.");
  public static final ResultKey CODE_BITS =
      new ResultKey(
          "codes.bits",
          "bits per example",
          "Bits of an example",
          "log2 K, the sum over the codes.count codes of one example, K the size of the codebook of"
              + " each: what the codes take when all entries of a codebook take the same bits.");

  public static final ResultKey CODEBOOK_SIZE =
      new ResultKey(
          "codebook.<codebook>.size",
          "codes",
          "<codebook>: size K",
          "The number of entries of codebook <codebook>.");
  public static final ResultKey CODEBOOK_PERPLEXITY =
      new ResultKey(
          "codebook.<codebook>.perplexity",
          "codes",
          "<codebook>: perplexity",
          "exp(-sum p_k ln p_k), p_k the share of entry k among all codes of codebook"
              + " <codebook> in the test set: how many entries, used equally often, would be as"
              + " varied.");
  public static final ResultKey CODEBOOK_PERPLEXITY_CODES =
      new ResultKey(
          "codebook.<codebook>.perplexity-codes",
          "codes",
          "<codebook>: perplexity taken over",
          "How many codes codebook.<codebook>.perplexity was taken over: those of all positions"
              + " of all test examples, also of positions that stand for filling only.");
  public static final ResultKey CODEBOOK_USED =
      new ResultKey(
          "codebook.<codebook>.used",
          "codes",
          "<codebook>: codes in use",
          "Entries of codebook <codebook> that the test set uses at least once, be it for"
              + " filling only.");
  public static final ResultKey CODEBOOK_BATCH_PERPLEXITY =
      new ResultKey(
          "codebook.<codebook>.batch-perplexity",
          "codes",
          "<codebook>: perplexity of a batch",
          "The perplexity of one batch, the mean over the full test batches: what other"
              + " projects print. It grows with the batch, so compare it at equal"
              + " codebook.<codebook>.batch-perplexity-codes only.");
  public static final ResultKey CODEBOOK_BATCH_PERPLEXITY_CODES =
      new ResultKey(
          "codebook.<codebook>.batch-perplexity-codes",
          "codes",
          "<codebook>: batch perplexity taken over",
          "How many codes of codebook <codebook> one batch of"
              + " codebook.<codebook>.batch-perplexity held.");
  public static final ResultKey CODEBOOK_TRAIN_BATCH_PERPLEXITY =
      new ResultKey(
          "codebook.<codebook>.train-batch-perplexity",
          "codes",
          "<codebook>: perplexity of a training batch",
          "exp of the entropy of the codes of codebook <codebook> in one batch, the mean over"
              + " the training batches of the last log interval: at most the smaller of K and the"
              + " codes of a batch.");

  public static final ResultKey TRAIN_STEPS =
      new ResultKey("train.steps", "steps", "Steps", "Steps of the autoencoder's training.");
  public static final ResultKey TRAIN_LOSS =
      new ResultKey(
          "train.loss.<term>",
          "the unit of the term",
          "<term>, training",
          "The term <term> of the loss before its weight, the mean over the training batches of"
              + " the last log interval; see test.loss.<term>.");

  public static final ResultKey TEST_LOSS =
      new ResultKey(
          "test.loss.<term>",
          "the unit of the term",
          "<term>",
          "The term <term> of the loss before its weight. Terms in nats per value are means over"
              + " all values of all test examples that are data, other terms are means over all"
              + " test examples of what their unit says, such as squared distances per element of"
              + " the latents. The term nll is -ln p(x|z), under the likelihood whose scale the"
              + " validation split set: of a density, so that it may be negative, or of the"
              + " probability of a level. A decoder that looks at the values before each is given"
              + " the true ones.");

  /** The negative log-likelihood, which the bound needs: every likelihood has this term. */
  public static final ResultKey TEST_NLL = TEST_LOSS.of("nll").in(Unit.NATS_PER_VALUE.label());

  public static final ResultKey TEST_WEIGHT =
      new ResultKey(
          "test.weight.<term>",
          "factor",
          "<term>: weight",
          "The factor of the term <term> in the loss, after its warm-up if it has one: the loss"
              + " is the sum of test.weight.<term> x test.loss.<term> over all terms.");
  public static final ResultKey TEST_MSE =
      new ResultKey(
          "test.mse",
          "squared data units",
          "Mean squared error",
          "(x - mean of p(x|z))^2, the mean over all values of all test examples; pictures are"
              + " scaled to -0.5...+0.5, sound to -1...+1. A decoder that looks at the values"
              + " before each is given the true ones.");
  public static final ResultKey TEST_NMSE =
      new ResultKey(
          "test.nmse",
          "share",
          "MSE over data variance",
          "test.mse / data.variance: 0 is a perfect reconstruction, 1 is what the mean colour"
              + " alone would give.");
  public static final ResultKey TEST_LIKELIHOOD =
      new ResultKey(
          "test.likelihood.<figure>",
          "the unit of the figure",
          "Likelihood: <figure>",
          "The <figure> of p(x|z), one for all values, set by the validation split where it is"
              + " free: variance, in squared data units, of a Gaussian.");
  public static final ResultKey TEST_LATENTS =
      new ResultKey(
          "test.latents.<figure>",
          "the unit of the figure",
          "Latents: <figure>",
          "A figure that the bottleneck has of its own, over the latents of all test examples,"
              + " such as the number of active units of a Gaussian bottleneck.");

  public static final ResultKey LEVEL_NMSE =
      new ResultKey(
          "levels.<level>.nmse",
          "share",
          "Levels 1 to <level>: MSE over data variance",
          "test.nmse when the codes of the first <level> codebooks of each map alone are"
              + " decoded; a map that has fewer keeps all.");
  public static final ResultKey LEVEL_NLL =
      new ResultKey(
          "levels.<level>.nll",
          "nats per value",
          "Levels 1 to <level>: negative log-likelihood",
          "test.loss.nll when the codes of the first <level> codebooks of each map alone are"
              + " decoded.");
  public static final ResultKey LEVEL_BITS =
      new ResultKey(
          "levels.<level>.bits-per-example",
          "bits per example",
          "Levels 1 to <level>: bits",
          "log2 K, the sum over the codes of the first <level> codebooks of each map of one"
              + " example: codes.bits of fewer levels.");
  public static final ResultKey MAP_NMSE =
      new ResultKey(
          "maps.<map>.nmse",
          "share",
          "<map> alone: MSE over data variance",
          "test.nmse when the codes of the map <map> alone are decoded, the latents of the"
              + " other maps at their mean.");
  public static final ResultKey MAP_BITS =
      new ResultKey(
          "maps.<map>.bits-per-example",
          "bits per example",
          "<map> alone: bits",
          "log2 K, the sum over the codes of the map <map> of one example, of all its"
              + " codebooks.");

  public static final ResultKey BASELINE =
      new ResultKey(
          "prior.baseline",
          ResultKey.TEXT,
          "Baseline",
          "The prior that the others are compared with.");
  public static final ResultKey PRIOR_BITS =
      new ResultKey(
          "prior.<prior>.bits-per-code",
          "bits per code",
          "<prior>: bits per code",
          "-log2 p(code | codes before it) under <prior>, the mean over all codes of the test"
              + " set, those of all maps and codebooks.");
  public static final ResultKey PRIOR_EXAMPLE_BITS =
      new ResultKey(
          "prior.<prior>.bits-per-example",
          "bits per example",
          "<prior>: bits per example",
          "-log2 p(codes) of one example under <prior>, the sum over its codes.count codes, the"
              + " mean over all test examples.");
  public static final ResultKey PRIOR_BELOW_BASELINE =
      new ResultKey(
          "prior.<prior>.below-baseline",
          "share",
          "<prior>: saved over the baseline",
          "1 - prior.<prior>.bits-per-code / the bits per code of the prior that prior.baseline"
              + " names: what knowing the codes before it saves.");
  public static final ResultKey PRIOR_STEPS =
      new ResultKey(
          "prior.<prior>.steps",
          "steps",
          "<prior>: steps",
          "Steps of the prior's training; 0 for one that counts.");

  public static final ResultKey BOUND_DISTORTION =
      new ResultKey(
          "bound.distortion",
          "bits per dim",
          "Distortion",
          "(test.loss.nll + ln L) / ln 2: the bits of one value given the latents, where ln L turns"
              + " a density into the probability of one of the data's levels, which lie 1/L apart"
              + " (midpoint rule): L = 255 for pictures, 32768 for sound, and what a medium of"
              + " one's own says. A likelihood of levels itself, such as that of mu-law levels, has"
              + " L = 1. A Gaussian's variance is test.likelihood.variance. A model that draws its"
              + " latents has here the nats with z drawn from q(z|x), once for each example, and"
              + " in test.loss.nll those at the mean.");
  public static final ResultKey LATENTS_RATE =
      new ResultKey(
          "bound.latents.rate",
          "bits per dim",
          "Latents: rate",
          "KL(q(z|x) || p(z)) / ln 2 of a model without codes whose latents have a prior of"
              + " their own, in bits per value: the sum of its terms in nats per value but for nll,"
              + " before their weights, the mean over all values of all test examples.");
  public static final ResultKey LATENTS_TOTAL =
      new ResultKey(
          "bound.latents.bits-per-dim",
          "bits per dim",
          "Latents: bound",
          "bound.distortion + bound.latents.rate: the negative ELBO of one value, an upper"
              + " bound on -log2 p(x), the mean over all values of all test examples.");
  public static final ResultKey LATENTS_ELBO =
      new ResultKey(
          "bound.latents.elbo",
          "nats per example",
          "ELBO",
          "-ln 2 x bound.latents.bits-per-dim x the values of a test example that are data,"
              + " data.values unless some are filled up: the evidence lower bound on ln p(x) of one"
              + " example, the mean over all test examples, p(x) the probability of the data's"
              + " levels.");
  public static final ResultKey BOUND_RATE =
      new ResultKey(
          "bound.<prior>.rate",
          "bits per dim",
          "<prior>: rate",
          "prior.<prior>.bits-per-example / the values of a test example that are data,"
              + " data.values unless some are filled up: the bits of all its codes, spread over the"
              + " values.");
  public static final ResultKey BOUND_TOTAL =
      new ResultKey(
          "bound.<prior>.bits-per-dim",
          "bits per dim",
          "<prior>: bound",
          "bound.distortion + bound.<prior>.rate: an upper bound on -log2 p(x) of one value,"
              + " the mean over all values of all test examples.");

  public static final ResultKey PROBE_ACCURACY =
      new ResultKey(
          "probe.<field>.accuracy",
          "share",
          "<field>: recognised from the codes",
          "The share of test examples whose <field> a linear probe recognises from the histograms"
              + " of their codes alone, one of each codebook: multinomial logistic regression,"
              + " trained on the codes of at most 10,000 training examples, its L2 penalty the best"
              + " of 0.0001, 0.001, 0.01 and 0.1 on the validation split. An example that is a"
              + " window of a longer sound is recognised from the codes of that window.");
  public static final ResultKey PROBE_CHANCE =
      new ResultKey(
          "probe.<field>.chance",
          "share",
          "<field>: guessed without the codes",
          "The share of test examples whose <field> is the one that most training examples"
              + " have.");

  /** The constants above, in their order, which is that of the file. */
  private static final List<ResultKey> ALL =
      List.of(
          EXPERIMENT,
          SEED,
          TIME_TOTAL,
          TIME_TRAIN,
          TIME_TRAIN_STEP,
          TIME_EXTRACT,
          TIME_PRIOR,
          TIME_SAMPLE,
          DATA_NAME,
          DATA_FINGERPRINT,
          TRAIN_EXAMPLES,
          VALIDATION_EXAMPLES,
          TEST_EXAMPLES,
          DATA_VALUES,
          DATA_VARIANCE,
          LATENT_DIM,
          LATENT_POSITIONS,
          CODES,
          CODE_BITS,
          CODEBOOK_SIZE,
          CODEBOOK_PERPLEXITY,
          CODEBOOK_PERPLEXITY_CODES,
          CODEBOOK_USED,
          CODEBOOK_BATCH_PERPLEXITY,
          CODEBOOK_BATCH_PERPLEXITY_CODES,
          CODEBOOK_TRAIN_BATCH_PERPLEXITY,
          TRAIN_STEPS,
          TRAIN_LOSS,
          TEST_LOSS,
          TEST_WEIGHT,
          TEST_MSE,
          TEST_NMSE,
          TEST_LIKELIHOOD,
          TEST_LATENTS,
          LEVEL_NMSE,
          LEVEL_NLL,
          LEVEL_BITS,
          MAP_NMSE,
          MAP_BITS,
          BASELINE,
          PRIOR_BITS,
          PRIOR_EXAMPLE_BITS,
          PRIOR_BELOW_BASELINE,
          PRIOR_STEPS,
          BOUND_DISTORTION,
          LATENTS_RATE,
          LATENTS_TOTAL,
          LATENTS_ELBO,
          BOUND_RATE,
          BOUND_TOTAL,
          PROBE_ACCURACY,
          PROBE_CHANCE);

  private ResultKeys() {}

  /** All of them, in order. */
  public static List<ResultKey> all() {
    return ALL;
  }

  /** The key of the value of a term in training, in its unit. */
  public static ResultKey trainLoss(Term term) {
    return TRAIN_LOSS.of(term.name()).in(term.unit().label());
  }

  /** The key of the value of a term over the test set, in its unit. */
  public static ResultKey testLoss(Term term) {
    return TEST_LOSS.of(term.name()).in(term.unit().label());
  }
}
