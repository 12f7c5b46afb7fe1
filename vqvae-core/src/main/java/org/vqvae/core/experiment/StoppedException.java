package org.vqvae.core.experiment;

/** Training stopped because somebody asked it to; everything needed to go on is on the disk. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException(String stage, long step) {
    super("stopped %s after step %d; a checkpoint was written".formatted(stage, step));
  }
}
