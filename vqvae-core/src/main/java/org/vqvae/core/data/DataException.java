package org.vqvae.core.data;

/**
 * A data file cannot be used; the message says which file, what is wrong, what is allowed and what
 * to do next.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
