package org.vqvae.core.data;

/** A file among others cannot be used; the message says why, without the file's name. */
public final class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusableFileException(String message) {
    super(message);
  }
}
