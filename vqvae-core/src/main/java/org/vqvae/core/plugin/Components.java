package org.vqvae.core.plugin;

import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Model;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ConfigProblem;
import org.vqvae.core.config.ConfigProblem.Kind;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.Parts;
import org.vqvae.core.config.Place;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.random.RandomStreams;

/**
 * The components of an experiment, each built when it is first asked for.
 *
 * <p>Each is built by an injector of its own, so that the settings and parts of one can never reach
 * another, even if both are of one class. Its constructor, marked with {@code @Inject}, may ask for
 * its settings, {@link Parts}, the {@link Scope} of its place, {@link Kernels}, {@link Workers} and
 * {@link ExperimentSettings}; that of a {@link Model} also for the experiment's {@link Encoder},
 * {@link Bottleneck} and {@link Decoder}.
 */
public final class Components {
  private static final String ALLOWED =
      "it may ask for its settings, Parts, Scope, Kernels, Workers and ExperimentSettings";
  private static final String ALLOWED_TO_MODELS = ", and for Encoder, Bottleneck and Decoder";
  private static final List<Class<?>> PARTS_OF_MODELS =
      List.of(Encoder.class, Bottleneck.class, Decoder.class);

  private final ExperimentConfig config;
  private final Kernels kernels;
  private final Scope root;
  private final Map<String, Object> built = new HashMap<>();

  public Components(ExperimentConfig config, Kernels kernels, RandomStreams random) {
    this(config, kernels, Scope.root(random));
  }

  /**
   * Components whose places are within another one.
   *
   * @param root where the experiment stands
   */
  public Components(ExperimentConfig config, Kernels kernels, Scope root) {
    this.config = config;
    this.kernels = kernels;
    this.root = root;
  }

  /**
   * The component that was chosen for a role; the same object every time.
   *
   * @throws RuntimeException what the component's constructor throws, such as a {@link
   *     org.vqvae.core.data.DataException}, comes as it is
   * @throws ConfigException if the component asks for what it cannot have
   */
  public <T> T get(Class<T> role) {
    return role.cast(built(config.selected(role)));
  }

  /** The priors that the chosen one is compared with, by type and in order. */
  public Map<String, Prior> baselines() {
    Map<String, Prior> baselines = new LinkedHashMap<>();
    config.baselines().forEach(selected -> baselines.put(selected.type(), (Prior) built(selected)));
    return baselines;
  }

  /** The kernels that they compute with. */
  public Kernels kernels() {
    return kernels;
  }

  /** Where the experiment stands. */
  public Scope root() {
    return root;
  }

  /** What the experiment's own settings chose, such as optimizers. */
  public Parts parts() {
    return parts("the experiment", config.parts());
  }

  private Parts parts(String owner, List<Selected<?>> parts) {
    return Parts.of(chosen -> built(find(owner, chosen, parts)));
  }

  private static Selected<?> find(String owner, Chosen.Placed<?> chosen, List<Selected<?>> parts) {
    return parts.stream()
        .filter(part -> part.path().equals(chosen.path()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s (%s) is no part of %s".formatted(chosen.path(), chosen.type(), owner)));
  }

  private Object built(Selected<?> selected) {
    Object component = built.get(selected.path());
    if (component == null) {
      component = build(selected);
      built.put(selected.path(), component);
    }
    return component;
  }

  private Object build(Selected<?> selected) {
    try {
      return StrictInjector.of(binder -> bindShared(selected, binder), own(selected))
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

  private void bindShared(Selected<?> selected, Binder binder) {
    binder.bind(ExperimentSettings.class).toInstance(config.settings());
    binder.bind(Kernels.class).toInstance(kernels);
    binder.bind(Workers.class).toInstance(kernels.workers());
    binder.bind(Scope.class).toInstance(root.child(PlaceNames.of(selected.path())));
    if (selected.role() == Model.class) {
      PARTS_OF_MODELS.forEach(role -> bindRole(role, binder));
    }
  }

  private <T> void bindRole(Class<T> role, Binder binder) {
    binder.bind(role).toProvider(() -> get(role));
  }

  @SuppressWarnings("unchecked") // the settings are an instance of their class
  private Module own(Selected<?> selected) {
    return binder -> {
      binder.bind((Class<Object>) selected.settingsClass()).toInstance(selected.settings());
      binder.bind(Parts.class).toInstance(parts(selected.path(), selected.parts()));
      binder.bind(selected.implementation());
    };
  }

  private static ConfigException cannotBeBuilt(Selected<?> selected, CreationException failure) {
    List<String> details = new ArrayList<>();
    failure
        .getErrorMessages()
        .forEach(message -> details.add(message.getMessage().lines().findFirst().orElse("")));
    details.add(selected.role() == Model.class ? ALLOWED + ALLOWED_TO_MODELS : ALLOWED);
    String what = "module " + selected.module() + ": " + selected.implementation().getName();
    String message = "\"" + selected.type() + "\" cannot be built as its class is written";
    return new ConfigException(
        what,
        List.of(
            ConfigProblem.of(Kind.PLUGIN, selected.path(), Place.NOWHERE, message)
                .withDetails(details)));
  }
}
