package org.vqvae.core.training;

import org.vqvae.core.Codes;
import org.vqvae.core.Condition;

/**
 * Some examples' codes, for a prior.
 *
 * @param condition of the same examples
 */
public record CodeBatch(Codes codes, Condition condition) {

  public int size() {
    return codes.examples();
  }

  /** The examples {@code from} to {@code to} (exclusive). */
  public CodeBatch part(int from, int to) {
    return new CodeBatch(codes.examples(from, to), condition.examples(from, to));
  }
}
