package org.vqvae.core.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/** How messages show a value. */
final class Shown {
  private static final int LONGEST = 60;

  private Shown() {}

  /** The value as it could be written, cut where it gets long. */
  static String value(ConfigValue value) {
    String text = value.render(ConfigRenderOptions.concise());
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
