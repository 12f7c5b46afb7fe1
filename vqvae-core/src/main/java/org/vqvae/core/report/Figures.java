package org.vqvae.core.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers are written for a person: the same everywhere, in every locale. */
public final class Figures {
  private static final int SIGNIFICANT = 4;

  private Figures() {}

  /**
   * Four significant digits, thousands apart by commas: {@code 0.05613}, {@code 326.4}, {@code
   * 10,000}.
   */
  public static String format(double value) {
    if (Double.isNaN(value)) {
      return "not a number";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size < 1e-4 || size >= 1e12) {
      return String.format(Locale.ROOT, "%." + (SIGNIFICANT - 1) + "e", value);
    }
    if (value == Math.rint(value)) {
      return whole((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(SIGNIFICANT));
    int decimals = SIGNIFICANT - rounded.precision() + rounded.scale();
    return String.format(Locale.ROOT, "%,." + Math.max(0, decimals) + "f", rounded);
  }

  /** {@code 10,000}. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** That many decimals: {@code 6.12}. */
  public static String decimals(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
        : format(value);
  }

  /** A share as a percentage: 0.0561 is {@code 5.6 %}. */
  public static String percent(double share) {
    double percent = 100 * share;
    return decimals(percent, Math.abs(percent) < 10 && percent != 0 ? 1 : 0) + " %";
  }

  /** A length of time: {@code 48 s}, {@code 4 min 29 s}, {@code 2 h 05 min}. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return "unknown";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%,d h %02d min", whole / 3600, whole / 60 % 60);
  }
}
