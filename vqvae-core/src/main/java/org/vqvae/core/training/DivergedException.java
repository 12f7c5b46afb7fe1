package org.vqvae.core.training;

/**
 * Training left the finite numbers; the message says when, which figure, and from which checkpoint
 * to go on.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    super(message);
  }
}
