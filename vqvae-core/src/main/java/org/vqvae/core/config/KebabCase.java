package org.vqvae.core.config;

import java.util.Locale;

/** Names of Java as config writes them: lower-case, with '-' between words. */
public final class KebabCase {

  private KebabCase() {}

  /** The name of a constant: {@code bits-per-code} for {@code BITS_PER_CODE}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The simple name of a type: {@code dead-code-policy} for {@code DeadCodePolicy}. */
  public static String of(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
