package org.vqvae.core.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/** How messages show a value. */
final class Shown {
  private static final int LONGEST = 60;

  private Shown() {}

  /** A number, text or truth value exactly as it was written, without quotes. */
  static String plain(ConfigValue value) {
    return value.atKey("value").getString("value");
  }

  /** The value as it could be written, cut where it gets long. */
  static String value(ConfigValue value) {
    String text =
        switch (value.valueType()) {
          case NUMBER -> plain(value);
          case OBJECT -> section(value.render(ConfigRenderOptions.concise().setJson(false)));
          default -> value.render(ConfigRenderOptions.concise());
        };
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }

  private static String section(String content) {
    return content.equals("{}") ? content : "{" + content + "}";
  }
}
