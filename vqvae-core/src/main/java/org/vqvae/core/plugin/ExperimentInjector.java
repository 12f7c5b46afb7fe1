package org.vqvae.core.plugin;

import com.google.inject.Binder;
import com.google.inject.Injector;
import com.google.inject.Module;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.random.RandomStreams;

/** Wires an experiment: what was chosen, and the stages that run it. */
public final class ExperimentInjector {

  private ExperimentInjector() {}

  /**
   * A strict injector of the experiment's components by their roles, its {@link ExperimentConfig},
   * {@link org.vqvae.core.config.ExperimentSettings}, {@link Kernels} and {@link RandomStreams}. A
   * component is built, once, when it is first asked for: nothing opens a data set that nobody
   * reads.
   *
   * @param stages binds what else is to be built
   */
  public static Injector of(
      ExperimentConfig config, Kernels kernels, RandomStreams random, Module... stages) {
    Components components = new Components(config, kernels, random);
    return StrictInjector.of(
        components.shared(),
        binder -> {
          binder.bind(ExperimentConfig.class).toInstance(config);
          config.components().forEach(selected -> bind(selected.role(), components, binder));
          for (Module stage : stages) {
            binder.install(stage);
          }
        });
  }

  private static <T> void bind(Class<T> role, Components components, Binder binder) {
    binder.bind(role).toProvider(() -> components.get(role));
  }
}
