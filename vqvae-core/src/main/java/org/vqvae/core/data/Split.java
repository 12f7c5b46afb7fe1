package org.vqvae.core.data;

/** What examples are for. */
public enum Split {
  /** Fits parameters. */
  TRAIN,
  /** Watches training and chooses settings. */
  VALIDATION,
  /** Measured once, for the report. */
  TEST
}
