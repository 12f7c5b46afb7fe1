package org.vqvae.core.training;

/**
 * The names of figures in {@code metrics.jsonl}, beside those of the terms of the loss, such as
 * {@code nll}, which stand under their own names. Training figures are means over the steps since
 * the line before, validation figures are means over the whole validation split.
 */
public final class Metrics {
  /** Perplexity of one batch's codes, the mean over the codebooks. */
  public static final String BATCH_PERPLEXITY = "batch-perplexity";

  /** How many codes one batch uses, of all codebooks. */
  public static final String BATCH_CODES_USED = "batch-codes-used";

  /** Squared error over the data's variance. */
  public static final String VALIDATION_NMSE = validation("nmse");

  /** Perplexity of the codes of the whole split, the mean over the codebooks. */
  public static final String VALIDATION_PERPLEXITY = validation("perplexity");

  public static final String VALIDATION_CODES_USED = validation("codes-used");

  /** -log2 p(code | codes before it), bits per code. */
  public static final String BITS_PER_CODE = "bits-per-code";

  public static final String VALIDATION_BITS_PER_CODE = validation(BITS_PER_CODE);

  /** How many examples of a split were encoded. */
  public static final String EXAMPLES = "examples";

  private Metrics() {}

  /** The name of a figure of the validation split. */
  public static String validation(String name) {
    return "validation-" + name;
  }
}
