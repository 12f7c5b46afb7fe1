package org.vqvae.core.plugin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ConfigProblem;
import org.vqvae.core.config.ConfigProblem.Kind;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Place;
import org.vqvae.core.config.Section;
import org.vqvae.core.config.Setting;

/**
 * Every component that the loaded modules offer, by role and type name, with its defaults.
 *
 * <p>Defaults and documentation of a component stand in its module's {@code reference.conf}, under
 * {@code vqvae.defaults.<role>.<type>}; a setting that an experiment must say itself stands there
 * as {@code null}.
 */
public final class Catalog {
  private static final ConfigObject NOTHING = ConfigValueFactory.fromMap(Map.of());

  private final List<String> modules;
  private final Roles roles;
  private final Map<String, Map<String, Component<?, ?>>> components;
  private final Map<String, List<String>> baselines;
  private final Map<String, MediumTools> media;
  private final Config reference;
  private final ClassLoader loader;

  private Catalog(List<String> modules, Builder builder, Config reference, ClassLoader loader) {
    this.modules = List.copyOf(modules);
    this.roles = builder.roles;
    this.components = builder.byRole();
    this.baselines = builder.baselinesByRole(components);
    this.media = Map.copyOf(builder.media);
    this.reference = reference;
    this.loader = loader;
  }

  /**
   * The catalog of all modules on the class path.
   *
   * @throws ConfigException if a module cannot be loaded, or two of them claim one name
   */
  public static Catalog load(ClassLoader loader) {
    List<VqvaePlugin> plugins = new ArrayList<>();
    try {
      ServiceLoader.load(VqvaePlugin.class, loader).forEach(plugins::add);
    } catch (ServiceConfigurationError e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
    return of(plugins, referenceOf(loader), loader);
  }

  /**
   * The catalog of certain modules.
   *
   * @param reference what their {@code reference.conf}s say, that of vqvae-core included
   * @param loader finds what experiments include from the class path
   */
  public static Catalog of(List<VqvaePlugin> plugins, Config reference, ClassLoader loader) {
    Builder builder = new Builder();
    plugins.forEach(plugin -> plugin.register(builder.in(plugin.module())));
    List<String> modules = plugins.stream().map(VqvaePlugin::module).sorted().toList();
    return new Catalog(modules, builder, reference, loader);
  }

  /** What all {@code reference.conf}s on the class path say. */
  public static Config referenceOf(ClassLoader loader) {
    try {
      return ConfigFactory.defaultReference(loader);
    } catch (com.typesafe.config.ConfigException e) {
      throw unusable("a reference.conf cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException unusable(String message) {
    return new ConfigException(
        "modules", List.of(ConfigProblem.of(Kind.PLUGIN, "", Place.NOWHERE, message)));
  }

  /** The names of the loaded modules. */
  public List<String> modules() {
    return modules;
  }

  /** The names of the roles that have components. */
  public Set<String> roles() {
    return components.keySet();
  }

  /** The config name of a role, such as {@code data} for {@link org.vqvae.core.data.Dataset}. */
  public String roleName(Class<?> role) {
    return roles.name(role);
  }

  /** The types of a role, sorted; empty if there are none. */
  public List<String> types(String role) {
    return List.copyOf(components.getOrDefault(role, Map.of()).keySet());
  }

  public Optional<Component<?, ?>> find(String role, String type) {
    return Optional.ofNullable(components.getOrDefault(role, Map.of()).get(type));
  }

  /** The types of a role that the chosen one is compared with, in the order of their modules. */
  public List<String> baselines(Class<?> role) {
    return baselines.getOrDefault(roleName(role), List.of());
  }

  /** What the loaded modules bring along for each medium, by its name. */
  public Map<String, MediumTools> media() {
    return media;
  }

  /** What there is to say about a component; empty if there is no such component. */
  public Optional<Description> describe(String role, String type) {
    return find(role, type).map(component -> describe(role, component));
  }

  private Description describe(String role, Component<?, ?> component) {
    ConfigObject defaults = defaults(component);
    return new Description(
        role,
        component.type(),
        component.module(),
        component.implementation(),
        Section.commentOf(defaults),
        Describer.settings(this, defaults, component.reader()));
  }

  /** The settings of an experiment, without those of its components. */
  public List<Setting> describeExperiment() {
    return Describer.settings(
        this, experimentDefaults("<the file's name>"), in -> ExperimentLoader.read(this, in));
  }

  /**
   * What is wrong with the components' {@code reference.conf}s, for tests of modules: settings
   * without a word about them, defaults that are refused, defaults that nobody reads.
   */
  public List<String> flaws() {
    return components.values().stream()
        .flatMap(types -> types.values().stream())
        .flatMap(component -> Describer.flaws(this, component).stream())
        .toList();
  }

  /** The defaults of an experiment that is called so unless it gives itself another name. */
  ConfigObject experimentDefaults(String name) {
    ConfigObject defaults = objectAt("vqvae.experiment");
    ConfigValue documented = defaults.get("name");
    List<String> comment = documented == null ? List.of() : documented.origin().comments();
    ConfigOrigin origin = ConfigOriginFactory.newSimple("the file's name").withComments(comment);
    return defaults.withValue("name", ConfigValueFactory.fromAnyRef(name).withOrigin(origin));
  }

  ConfigObject defaults(Component<?, ?> component) {
    String path = ConfigUtil.joinPath(roleName(component.role()), component.type());
    return objectAt("vqvae.defaults." + path);
  }

  private ConfigObject objectAt(String path) {
    return reference.hasPath(path) ? reference.getObject(path) : NOTHING;
  }

  ClassLoader loader() {
    return loader;
  }

  /** Collects components. */
  public static final class Builder {
    private final Roles roles = new Roles();
    private final List<Component<?, ?>> components = new ArrayList<>();
    private final List<Baseline> baselines = new ArrayList<>();
    private final Map<String, MediumTools> media = new TreeMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private String module = "";

    private record Baseline(Class<?> role, String type, String module) {}

    private Builder() {}

    private Builder in(String name) {
      module = name;
      return this;
    }

    /**
     * Adds a component: config chooses it by {@code <role> { type = <type>, ...settings }}; Guice
     * builds it, see {@link Components} for what its constructor may ask for.
     */
    public <T, S> Builder add(
        Class<T> role,
        String type,
        Class<? extends T> implementation,
        Class<S> settings,
        Function<ConfigReader, S> reader) {
      components.add(new Component<>(role, type, module, implementation, settings, reader));
      return this;
    }

    /**
     * Marks a type of a role as a baseline: every experiment compares what it chose with it. The
     * type must do without settings that have no default.
     */
    public Builder baseline(Class<?> role, String type) {
      baselines.add(new Baseline(role, type, module));
      return this;
    }

    /**
     * Gives a role another config name than its interface's in lower case, which is {@code
     * dead-code-policy} for a {@code DeadCodePolicy}.
     */
    public Builder role(Class<?> role, String name) {
      problems.addAll(roles.name(role, name));
      return this;
    }

    /** Adds what a module brings along for a medium: once for each. */
    public Builder medium(MediumTools tools) {
      MediumTools before = media.putIfAbsent(tools.medium().name(), tools);
      if (before != null) {
        String what = "medium \"" + tools.medium().name() + "\"";
        problems.add(
            ConfigProblem.of(Kind.DUPLICATE_TYPE, what, Place.NOWHERE, "offered twice")
                .withDetails(
                    List.of(
                        "by " + before.files().getClass().getName(),
                        "by " + tools.files().getClass().getName() + " of module " + module,
                        "take one module off the class path")));
      }
      return this;
    }

    /** The baselines of each role; each is one of the components. */
    private Map<String, List<String>> baselinesByRole(
        Map<String, Map<String, Component<?, ?>>> components) {
      Map<String, List<String>> byRole = new TreeMap<>();
      for (Baseline baseline : baselines) {
        String role = roles.name(baseline.role());
        if (!components.getOrDefault(role, Map.of()).containsKey(baseline.type())) {
          throw unusable(
              "module %s: the baseline %s \"%s\" is not among the components; add it first"
                  .formatted(baseline.module(), role, baseline.type()));
        }
        byRole.computeIfAbsent(role, key -> new ArrayList<>()).add(baseline.type());
      }
      return byRole;
    }

    private Map<String, Map<String, Component<?, ?>>> byRole() {
      Map<String, Map<String, Component<?, ?>>> byRole = new TreeMap<>();
      for (Component<?, ?> component : components) {
        String role = roles.name(component.role());
        Component<?, ?> before =
            byRole
                .computeIfAbsent(role, key -> new TreeMap<>())
                .putIfAbsent(component.type(), component);
        if (before != null) {
          problems.add(duplicate(role, before, component));
        }
      }
      if (!problems.isEmpty()) {
        throw new ConfigException("modules", problems);
      }
      return byRole;
    }

    private static ConfigProblem duplicate(String role, Component<?, ?> one, Component<?, ?> two) {
      return ConfigProblem.of(
              Kind.DUPLICATE_TYPE, role + " \"" + one.type() + "\"", Place.NOWHERE, "offered twice")
          .withDetails(
              List.of(
                  "by module " + one.module() + ": " + one.implementation().getName(),
                  "by module " + two.module() + ": " + two.implementation().getName(),
                  "rename one of them, or take one module off the class path"));
    }
  }
}
