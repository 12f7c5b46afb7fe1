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

  /**
   * A message in the usual form.
   *
   * @param where the file, folder or archive
   * @param whatToDo a sentence without its full stop
   */
  public static DataException of(Object where, String what, String whatToDo) {
    return new DataException("%s: %s. %s.".formatted(where, what, whatToDo));
  }

  /** A message in the usual form, and what caused it. */
  public static DataException of(Object where, String what, String whatToDo, Throwable cause) {
    return new DataException("%s: %s. %s.".formatted(where, what, whatToDo), cause);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
