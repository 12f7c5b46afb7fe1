package org.vqvae.core.training;

import com.google.inject.Inject;
import java.util.function.LongToDoubleFunction;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.RateSchedule;
import org.vqvae.core.config.ConfigReader;

/** The schedules of the learning rate, as factors of {@code learning-rate}. */
public final class Schedules {
  private Schedules() {}

  /** The same rate at every step. */
  public static final class Constant implements RateSchedule {

    /** No settings. */
    public record Settings() {
      public static Settings read(ConfigReader in) {
        return new Settings();
      }
    }

    @Inject
    public Constant() {}

    @Override
    public LongToDoubleFunction over(long steps) {
      return step -> 1;
    }
  }

  /** A rate that grows linearly to its full value and stays there. */
  public static final class WarmUp implements RateSchedule {
    private final Settings settings;

    /**
     * The schedule's settings.
     *
     * @param steps after which the rate is full
     */
    public record Settings(int steps) {
      public static Settings read(ConfigReader in) {
        return new Settings(in.integer("steps").atLeast(1));
      }
    }

    @Inject
    public WarmUp(Settings settings) {
      this.settings = settings;
    }

    @Override
    public LongToDoubleFunction over(long steps) {
      checkReached("warm-up", "steps", settings.steps(), steps);
      return step -> Math.min(1, (step + 1.0) / settings.steps());
    }
  }

  /**
   * A linear warm-up, then half a cosine that reaches a share of the full rate with the last step
   * of the stage (Loshchilov and Hutter 2017, "SGDR", <a
   * href="https://arxiv.org/abs/1608.03983">paper</a>, eq. 5, one period).
   */
  public static final class Cosine implements RateSchedule {
    private final Settings settings;

    /**
     * The schedule's settings.
     *
     * @param warmUp steps of the linear growth, 0 for none
     * @param floor the rate at the end as a share of the full one
     */
    public record Settings(int warmUp, double floor) {
      public static Settings read(ConfigReader in) {
        return new Settings(in.integer("warm-up").atLeast(0), in.real("floor").between(0, 1));
      }
    }

    @Inject
    public Cosine(Settings settings) {
      this.settings = settings;
    }

    @Override
    public LongToDoubleFunction over(long steps) {
      int warmUp = settings.warmUp();
      checkReached("cosine", "warm-up", warmUp, steps);
      return step -> step < warmUp ? (step + 1.0) / warmUp : falling(step - warmUp, steps - warmUp);
    }

    private double falling(long step, long steps) {
      double share = (1 + Math.cos(Math.PI * Math.min(1, (double) step / steps))) / 2;
      return settings.floor() + (1 - settings.floor()) * share;
    }
  }

  private static void checkReached(String type, String key, int growth, long steps) {
    if (growth > steps) {
      throw new IncompatibleException(
          "schedule \"%s\" grows for %d steps, but its stage has %d, so the learning rate would never be full: set schedule.%s to fewer, or the stage's steps to more"
              .formatted(type, growth, steps, key));
    }
  }
}
