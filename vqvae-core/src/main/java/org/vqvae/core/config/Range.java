package org.vqvae.core.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a setting may have.
 *
 * @param text how messages put it, such as {@code at least 2}
 * @param open whether the minimum itself is outside
 */
record Range(String text, BigDecimal minimum, boolean open, @Nullable BigDecimal maximum) {
  private static final BigDecimal LARGEST_INT = BigDecimal.valueOf(Integer.MAX_VALUE);

  static Range intAtLeast(int minimum) {
    return new Range("at least " + minimum, BigDecimal.valueOf(minimum), false, LARGEST_INT);
  }

  static Range intBetween(int minimum, int maximum) {
    return between(BigDecimal.valueOf(minimum), BigDecimal.valueOf(maximum));
  }

  static Range atLeast(double minimum) {
    return new Range("at least " + plain(minimum), plain(minimum), false, null);
  }

  static Range greaterThan(double bound) {
    return new Range("greater than " + plain(bound), plain(bound), true, null);
  }

  static Range between(double minimum, double maximum) {
    return between(plain(minimum), plain(maximum));
  }

  private static Range between(BigDecimal minimum, BigDecimal maximum) {
    return new Range("between " + minimum + " and " + maximum, minimum, false, maximum);
  }

  private static BigDecimal plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return exact.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(exact.stripTrailingZeros().toPlainString());
  }

  boolean contains(BigDecimal value) {
    int side = value.compareTo(minimum);
    return (open ? side > 0 : side >= 0) && (maximum == null || value.compareTo(maximum) <= 0);
  }

  /** What is wrong with a value outside. */
  String complaint(BigDecimal value) {
    boolean isInt = maximum != null && maximum.compareTo(LARGEST_INT) == 0;
    boolean tooLargeForAnInt = isInt && value.compareTo(LARGEST_INT) > 0;
    return "must be " + (tooLargeForAnInt ? "at most " + LARGEST_INT : text);
  }

  /** A number inside, for where the right one is not known. */
  BigDecimal standIn() {
    return open ? minimum.add(BigDecimal.ONE) : minimum;
  }
}
