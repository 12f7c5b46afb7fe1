package org.vqvae.core.report;

/** How the values of a chart's vertical axis are laid out. */
public enum Scale {
  /** Equal differences, equal distances. */
  LINEAR {
    @Override
    Ticks ticks(double min, double max, int most) {
      return Ticks.linear(min, max, most);
    }
  },
  /** As {@link #LINEAR}, with 0 on the axis: for amounts and shares. */
  FROM_ZERO {
    @Override
    Ticks ticks(double min, double max, int most) {
      return Ticks.linear(Math.min(0, min), Math.max(0, max), most);
    }
  },
  /** Equal ratios, equal distances; values that are not positive are left out. */
  LOGARITHMIC {
    @Override
    Ticks ticks(double min, double max, int most) {
      return Ticks.logarithmic(min, max, most);
    }

    @Override
    boolean shows(double value) {
      return value > 0 && Double.isFinite(value);
    }

    @Override
    double position(double value) {
      return Math.log(value);
    }
  };

  /** Marks that enclose the values. */
  abstract Ticks ticks(double min, double max, int most);

  boolean shows(double value) {
    return Double.isFinite(value);
  }

  /** Where a value lies, up to shift and stretch. */
  double position(double value) {
    return value;
  }
}
