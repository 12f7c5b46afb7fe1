package org.vqvae.core.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The marks of an axis: round numbers, evenly apart on the axis, that enclose the data.
 *
 * @param values increasing
 * @param labels one for each value, all with the same number of decimals
 */
public record Ticks(List<Double> values, List<String> labels) {
  private static final int MAX_DECADES = 300;

  public Ticks {
    values = List.copyOf(values);
    labels = List.copyOf(labels);
  }

  /**
   * At most {@code most + 2} multiples of 1, 2 or 5 times a power of ten that enclose {@code
   * min...max}.
   */
  public static Ticks linear(double min, double max, int most) {
    double low = Math.min(min, max);
    double high = Math.max(min, max);
    if (high - low <= Math.abs(high) * 1e-9) {
      double room = high == 0 ? 1 : Math.abs(high) * 0.5;
      low -= room;
      high += room;
    }
    BigDecimal step = niceStep((high - low) / most);
    BigDecimal tick = multiple(low, step, RoundingMode.FLOOR);
    BigDecimal last = multiple(high, step, RoundingMode.CEILING);
    List<Double> values = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (; tick.compareTo(last) <= 0; tick = tick.add(step)) {
      values.add(tick.doubleValue());
      labels.add(label(tick, Math.max(0, step.stripTrailingZeros().scale())));
    }
    return new Ticks(values, labels);
  }

  /**
   * Powers of ten that enclose {@code min...max}; also 2 and 5 times them where there is room. Both
   * are positive.
   */
  public static Ticks logarithmic(double min, double max, int most) {
    for (double[] digits : new double[][] {{1, 2, 5}, {1, 3}, {1}}) {
      List<Double> values = decades(min, max, digits, 1);
      if (values.size() <= most + 2) {
        return labelled(values);
      }
    }
    int decades = decades(min, max, new double[] {1}, 1).size();
    return labelled(decades(min, max, new double[] {1}, (decades + most) / most));
  }

  /** Those of them that lie in {@code min...max}: for an axis that ends where the data ends. */
  public Ticks within(double min, double max) {
    List<Integer> inside =
        IntStream.range(0, values.size())
            .boxed()
            .filter(i -> values.get(i) >= min && values.get(i) <= max)
            .toList();
    return new Ticks(
        inside.stream().map(values::get).toList(), inside.stream().map(labels::get).toList());
  }

  public double first() {
    return values.get(0);
  }

  public double last() {
    return values.get(values.size() - 1);
  }

  /** The numbers digit x 10^(i x every) that enclose min...max. */
  private static List<Double> decades(double min, double max, double[] digits, int every) {
    List<Double> all = new ArrayList<>();
    int from = Math.floorDiv((int) Math.floor(Math.log10(min)), every) * every;
    for (int exponent = from; exponent < MAX_DECADES; exponent += every) {
      for (double digit : digits) {
        double value = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent).doubleValue();
        if (value <= min) {
          all.clear();
        }
        all.add(value);
        if (value >= max && all.size() > 1) {
          return all;
        }
      }
    }
    return all;
  }

  private static Ticks labelled(List<Double> values) {
    return new Ticks(values, values.stream().map(Ticks::logLabel).toList());
  }

  private static String logLabel(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    boolean plain = value >= 1e-4 && value < 1e7;
    return plain
        ? label(exact, Math.max(0, exact.scale()))
        : exact.unscaledValue() + "e" + -exact.scale();
  }

  private static String label(BigDecimal value, int decimals) {
    return Figures.decimals(value.doubleValue(), decimals).replaceFirst("^-(0[.0]*)$", "$1");
  }

  private static BigDecimal multiple(double value, BigDecimal step, RoundingMode rounding) {
    return BigDecimal.valueOf(value).divide(step, 0, rounding).multiply(step);
  }

  private static BigDecimal niceStep(double raw) {
    int exponent = (int) Math.floor(Math.log10(raw));
    double mantissa = raw / Math.pow(10, exponent);
    double slack = 1 + 1e-9;
    int digit = mantissa <= slack ? 1 : mantissa <= 2 * slack ? 2 : mantissa <= 5 * slack ? 5 : 10;
    return BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
  }
}
