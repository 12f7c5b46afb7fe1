package org.vqvae.core.plugin;

import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vqvae.core.Prior;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ConfigProblem;
import org.vqvae.core.config.ConfigProblem.Kind;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.Place;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.random.RandomStreams;

/**
 * The components of an experiment, each built when it is first asked for.
 *
 * <p>Each is built by an injector of its own, so that the settings and parts of one can never reach
 * another, even if both are of one class. Its constructor, marked with {@code @Inject}, may ask for
 * its settings, its parts by their roles, {@link Kernels}, {@link RandomStreams} and {@link
 * ExperimentSettings}, and for nothing else.
 */
public final class Components {
  private final ExperimentConfig config;
  private final Module shared;
  private final Map<Class<?>, Object> built = new HashMap<>();

  public Components(ExperimentConfig config, Kernels kernels, RandomStreams random) {
    this.config = config;
    this.shared =
        binder -> {
          binder.bind(ExperimentSettings.class).toInstance(config.settings());
          binder.bind(Kernels.class).toInstance(kernels);
          binder.bind(RandomStreams.class).toInstance(random);
        };
  }

  /**
   * The component that was chosen for a role; the same object every time.
   *
   * @throws RuntimeException what the component's constructor throws, such as a {@link
   *     org.vqvae.core.data.DataException}, comes as it is
   * @throws ConfigException if the component asks for what it cannot have
   */
  public <T> T get(Class<T> role) {
    Object component = built.get(role);
    if (component == null) {
      component = build(config.selected(role));
      built.put(role, component);
    }
    return role.cast(component);
  }

  /** The priors that the chosen one is compared with, by type and in order. */
  public Map<String, Prior> baselines() {
    Map<String, Prior> baselines = new LinkedHashMap<>();
    config.baselines().forEach(selected -> baselines.put(selected.type(), (Prior) build(selected)));
    return baselines;
  }

  Module shared() {
    return shared;
  }

  private <T> T build(Selected<T> selected) {
    try {
      return StrictInjector.of(shared, binder -> bind(selected, binder))
          .getInstance(selected.implementation());
    } catch (CreationException e) {
      throw cannotBeBuilt(selected, e);
    } catch (ProvisionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // the settings are an instance of their class
  private void bind(Selected<?> selected, Binder binder) {
    binder.bind((Class<Object>) selected.settingsClass()).toInstance(selected.settings());
    selected.parts().forEach(part -> bindPart(part, binder));
    binder.bind(selected.implementation());
  }

  private <P> void bindPart(Selected<P> part, Binder binder) {
    binder.bind(part.role()).toInstance(build(part));
  }

  private static ConfigException cannotBeBuilt(Selected<?> selected, CreationException failure) {
    List<String> reasons =
        failure.getErrorMessages().stream()
            .map(message -> message.getMessage().lines().findFirst().orElse(""))
            .toList();
    String what = "module " + selected.module() + ": " + selected.implementation().getName();
    return new ConfigException(
        what,
        List.of(
            ConfigProblem.of(
                    Kind.PLUGIN,
                    selected.path(),
                    Place.NOWHERE,
                    "\"" + selected.type() + "\" cannot be built as its class is written")
                .withDetails(reasons)));
  }
}
