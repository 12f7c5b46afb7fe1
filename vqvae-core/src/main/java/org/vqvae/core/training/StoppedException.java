package org.vqvae.core.training;

/** Training stopped because somebody asked it to; everything needed to go on is on the disk. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what was stopped
   */
  public StoppedException(String what) {
    super("stopped: " + what);
  }
}
