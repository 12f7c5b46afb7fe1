package org.vqvae.core.training;

import com.google.inject.Inject;
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
    public double at(long step) {
      return 1;
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
    public double at(long step) {
      return Math.min(1, (step + 1.0) / settings.steps());
    }
  }

  /**
   * A linear warm-up, then half a cosine down to a share of the full rate (Loshchilov and Hutter
   * 2017, "SGDR", <a href="https://arxiv.org/abs/1608.03983">paper</a>, eq. 5, one period).
   */
  public static final class Cosine implements RateSchedule {
    private final Settings settings;

    /**
     * The schedule's settings.
     *
     * @param warmUp steps of the linear growth, 0 for none
     * @param steps in all, after which the rate stays at its floor
     * @param floor the last rate as a share of the full one
     */
    public record Settings(int warmUp, int steps, double floor) {
      public static Settings read(ConfigReader in) {
        Settings settings =
            new Settings(
                in.integer("warm-up").atLeast(0),
                in.integer("steps").atLeast(1),
                in.real("floor").between(0, 1));
        if (settings.warmUp >= settings.steps) {
          in.problem("warm-up", "must be fewer steps than the schedule has in all");
        }
        return settings;
      }
    }

    @Inject
    public Cosine(Settings settings) {
      this.settings = settings;
    }

    @Override
    public double at(long step) {
      if (step < settings.warmUp()) {
        return (step + 1.0) / settings.warmUp();
      }
      double length = settings.steps() - settings.warmUp();
      double done = Math.min(1, (step - settings.warmUp()) / length);
      return settings.floor() + (1 - settings.floor()) * (1 + Math.cos(Math.PI * done)) / 2;
    }
  }
}
