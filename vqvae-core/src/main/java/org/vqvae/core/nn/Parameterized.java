package org.vqvae.core.nn;

import java.util.List;

/** What has parameters. */
public interface Parameterized {

  /** Every parameter and piece of state, in a fixed order. */
  List<Parameter> parameters();
}
