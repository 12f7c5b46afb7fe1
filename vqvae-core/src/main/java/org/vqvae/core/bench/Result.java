package org.vqvae.core.bench;

import java.util.Map;

/** What was measured for one figure, for people and for programs. */
public interface Result {

  /** One line of text. */
  String line();

  /** The same as named values, of which JSON can be made. */
  Map<String, Object> fields();
}
