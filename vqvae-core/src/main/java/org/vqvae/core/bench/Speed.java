package org.vqvae.core.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How fast some work is.
 *
 * @param operations floating-point operations of one run
 * @param peak what this machine's largest products reach, in operations a second
 */
record Speed(String figure, Timing timing, double operations, double peak) implements Result {
  static final String HEADER =
      "figure                 min ms  median ms     max ms  runs    GFLOP  GFLOP/s  of peak";
  private static final double GIGA = 1e9;

  /** The peak itself. */
  static Speed ofPeak(Timing timing, double operations) {
    double rate = operations / timing.minimum() * 1e3;
    return new Speed(Figure.GEMM_PEAK.title(), timing, operations, rate);
  }

  /** Operations a second in the fastest run. */
  double rate() {
    return operations / timing.minimum() * 1e3;
  }

  /** The rate as a share of the machine's. */
  double share() {
    return rate() / peak;
  }

  @Override
  public String line() {
    String line =
        String.format(
            Locale.ROOT,
            "%-20s %8.3f %10.3f %10.3f %5d %8.3f %8.1f %7.0f%%",
            figure,
            timing.minimum(),
            timing.median(),
            timing.maximum(),
            timing.runs(),
            operations / GIGA,
            rate() / GIGA,
            100 * share());
    return timing.collections() == 0
        ? line
        : line + "  (" + timing.collections() + " garbage collections)";
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("figure", figure);
    fields.put("min-ms", timing.minimum());
    fields.put("median-ms", timing.median());
    fields.put("max-ms", timing.maximum());
    fields.put("runs", timing.runs());
    fields.put("gflop", operations / GIGA);
    fields.put("gflop-per-second", rate() / GIGA);
    fields.put("peak-share", share());
    fields.put("collections", timing.collections());
    return fields;
  }
}
