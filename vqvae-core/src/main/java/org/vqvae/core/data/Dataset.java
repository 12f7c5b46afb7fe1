package org.vqvae.core.data;

import java.util.List;
import org.vqvae.core.DataSpec;

/**
 * Examples of one form, in three splits. Opening one (by construction) reads and checks all that it
 * will need.
 */
public interface Dataset {

  DataSpec spec();

  /**
   * All that is known of every example: its class, or several fields of which one may be the class.
   * Probes ask what codes tell about each.
   */
  default List<Field> fields() {
    return Field.classOf(spec());
  }

  /** The examples of a split; never empty. */
  Examples examples(Split split);

  /**
   * A digest of the content (hex), so that a run can tell whether it goes on with the data that it
   * began with.
   */
  String fingerprint();
}
