package org.vqvae.core.training;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;
import org.vqvae.core.Optimizer;
import org.vqvae.core.config.ConfigReader;

/**
 * An updater of ND4J as an optimizer. The updater computes the change; the learning rate of each
 * step comes from the schedule.
 */
public final class Nd4jOptimizer implements Optimizer {
  private static final double ANY_RATE = 1;
  private final Settings settings;

  /**
   * Which updater, with its own settings.
   *
   * @param updater its learning rate is of no meaning
   */
  public record Settings(IUpdater updater) {

    /** Kingma and Ba 2015, <a href="https://arxiv.org/abs/1412.6980">paper</a>, algorithm 1. */
    public static Settings readAdam(ConfigReader in) {
      return new Settings(new Adam(ANY_RATE, beta(in, "beta1"), beta(in, "beta2"), epsilon(in)));
    }

    /** The same paper, algorithm 2. */
    public static Settings readAdaMax(ConfigReader in) {
      return new Settings(new AdaMax(ANY_RATE, beta(in, "beta1"), beta(in, "beta2"), epsilon(in)));
    }

    /** Reddi et al. 2018, <a href="https://arxiv.org/abs/1904.09237">paper</a>, algorithm 2. */
    public static Settings readAmsGrad(ConfigReader in) {
      return new Settings(new AMSGrad(ANY_RATE, beta(in, "beta1"), beta(in, "beta2"), epsilon(in)));
    }

    /** Dozat 2016, "Incorporating Nesterov momentum into Adam". */
    public static Settings readNadam(ConfigReader in) {
      return new Settings(new Nadam(ANY_RATE, beta(in, "beta1"), beta(in, "beta2"), epsilon(in)));
    }

    /** Nesterov's momentum in the form of Sutskever et al. 2013. */
    public static Settings readNesterovs(ConfigReader in) {
      return new Settings(new Nesterovs(ANY_RATE, beta(in, "momentum")));
    }

    /** Tieleman and Hinton 2012, lecture 6e. */
    public static Settings readRmsProp(ConfigReader in) {
      return new Settings(new RmsProp(ANY_RATE, beta(in, "decay"), epsilon(in)));
    }

    /** Duchi, Hazan and Singer 2011. */
    public static Settings readAdaGrad(ConfigReader in) {
      return new Settings(new AdaGrad(ANY_RATE, epsilon(in)));
    }

    /** Stochastic gradient descent as it is. */
    public static Settings readSgd(ConfigReader in) {
      return new Settings(new Sgd(ANY_RATE));
    }

    private static double beta(ConfigReader in, String key) {
      double rate = in.real(key).between(0, 1);
      if (rate == 1) {
        in.problem(key, "must be less than 1, or nothing is ever learned");
      }
      return rate;
    }

    private static double epsilon(ConfigReader in) {
      return in.real("epsilon").greaterThan(0);
    }
  }

  @Inject
  public Nd4jOptimizer(Settings settings) {
    this.settings = settings;
  }

  /** Adam with the defaults of its paper. */
  public static Optimizer adam() {
    return new Nd4jOptimizer(new Settings(new Adam(ANY_RATE)));
  }

  @Override
  public long stateLength(long parameters) {
    return settings.updater().stateSize(parameters);
  }

  @Override
  public Rule start(INDArray state, LongToDoubleFunction rate) {
    IUpdater updater = settings.updater().clone();
    updater.setLrAndSchedule(Double.NaN, new Rates(rate));
    boolean remembers = updater.stateSize(1) > 0;
    return new Updating(
        updater,
        remembers ? updater.instantiate(state, true) : updater.instantiate(noState(), false));
  }

  /** An updater at work. All of ND4J's treat each parameter on its own. */
  private record Updating(IUpdater updater, GradientUpdater<?> at) implements Rule {

    @Override
    public void apply(INDArray gradient, int step) {
      at.applyUpdater(gradient, step, 0);
    }

    @Override
    public List<Rule> cut(long length) {
      Map<String, INDArray> state = at.getState();
      if (state.isEmpty()) {
        return List.of(this);
      }
      long all = state.values().iterator().next().length();
      List<Rule> rules = new ArrayList<>();
      for (long from = 0; from < all; from += length) {
        Map<String, INDArray> part = new LinkedHashMap<>();
        for (Map.Entry<String, INDArray> each : state.entrySet()) {
          part.put(each.getKey(), Ranges.of(each.getValue(), from, Math.min(length, all - from)));
        }
        rules.add(new Updating(updater, updater.instantiate(part, false)));
      }
      return rules;
    }
  }

  /** What an updater without state wants in its place. */
  @SuppressWarnings("NullAway") // ND4J's own convention
  private static INDArray noState() {
    return null;
  }

  /** A schedule as ND4J asks for it. */
  private record Rates(LongToDoubleFunction rate) implements ISchedule {
    @Override
    public double valueAt(int step, int epoch) {
      return rate.applyAsDouble(step);
    }

    @Override
    public ISchedule clone() {
      return this;
    }
  }
}
