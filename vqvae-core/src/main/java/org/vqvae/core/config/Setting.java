package org.vqvae.core.config;

import java.util.List;
import java.util.Optional;

/**
 * What there is to know about one setting.
 *
 * @param key from its component on, such as {@code decay} or {@code adam.beta1}
 * @param allowed such as {@code a whole number, at least 1}
 * @param initial what holds if an experiment does not say it; empty if it has to
 * @param comment what the module's {@code reference.conf} says above it
 */
public record Setting(String key, String allowed, Optional<String> initial, List<String> comment) {

  public Setting {
    comment = List.copyOf(comment);
  }

  Setting under(String section) {
    return new Setting(section + "." + key, allowed, initial, comment);
  }
}
