package org.vqvae.core;

/** Two chosen pieces do not fit together; the message says which, why, and what to change. */
public final class IncompatibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IncompatibleException(String message) {
    super(message);
  }
}
