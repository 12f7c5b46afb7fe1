package org.vqvae.core.cli;

/** What a command ends with, for scripts. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** The command line, the config, or pieces that do not fit: nothing was run. */
  static final int USAGE = 2;

  /** The data cannot be used. */
  static final int DATA = 3;

  /** The run folder, a file in it, or a file of codes cannot be used, or a file not written. */
  static final int STORE = 4;

  /** Training diverged. */
  static final int DIVERGED = 5;

  /** A fault of this program. */
  static final int INTERNAL = 70;

  /** Stopped by Ctrl-C or a signal; a checkpoint was written. */
  static final int STOPPED = 130;

  private ExitCode() {}
}
