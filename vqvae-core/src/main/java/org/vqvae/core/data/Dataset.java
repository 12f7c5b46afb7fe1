package org.vqvae.core.data;

import org.vqvae.core.DataSpec;

/**
 * Examples of one form, in three splits. Opening one (by construction) reads and checks all that it
 * will need.
 */
public interface Dataset {

  DataSpec spec();

  /** The examples of a split; never empty. */
  Examples examples(Split split);

  /**
   * A digest of the content (hex), so that a run can tell whether it goes on with the data that it
   * began with.
   */
  String fingerprint();
}
