package org.vqvae.core.experiment;

/**
 * The names of figures in {@code metrics.jsonl}. Training figures are means over the steps since
 * the line before, validation figures are means over the whole validation split.
 */
public final class Metrics {
  /** -ln p(x | z), nats per data value. */
  public static final String NATS = "nats";

  /** What the likelihood adds that is not of nats, see {@link org.vqvae.core.Likelihood}. */
  public static final String PENALTY = "penalty";

  /** |sg[z_e] - e|^2, the mean over all elements. */
  public static final String CODEBOOK_LOSS = "codebook-loss";

  /** beta |z_e - sg[e]|^2, the mean over all elements. */
  public static final String COMMITMENT_LOSS = "commitment-loss";

  /** Perplexity of one batch's codes. */
  public static final String BATCH_PERPLEXITY = "batch-perplexity";

  /** How many codes one batch uses. */
  public static final String BATCH_CODES_USED = "batch-codes-used";

  public static final String VALIDATION_NATS = "validation-nats";

  /** Squared error over the data's variance. */
  public static final String VALIDATION_NMSE = "validation-nmse";

  /** Perplexity of the codes of the whole split. */
  public static final String VALIDATION_PERPLEXITY = "validation-perplexity";

  public static final String VALIDATION_CODES_USED = "validation-codes-used";

  /** -log2 p(code | codes before it), bits per code. */
  public static final String BITS_PER_CODE = "bits-per-code";

  public static final String VALIDATION_BITS_PER_CODE = "validation-bits-per-code";

  /** How many examples of a split were encoded. */
  public static final String EXAMPLES = "examples";

  private Metrics() {}
}
