package org.vqvae.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigException.NotResolved;
import com.typesafe.config.ConfigException.UnresolvedSubstitution;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.config.ConfigProblem.Kind;

/**
 * Replaces {@code ${other.setting}} by what it stands for. One that stands for nothing is a
 * problem, and its value is marked so that nobody complains about it a second time.
 */
final class Substitutions {
  private static final String MARK = "\0";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

  private Substitutions() {}

  /** True of a value of which a part could not be resolved, and was reported. */
  static boolean isUnresolved(ConfigValue value) {
    return value.unwrapped() instanceof String text && text.contains(MARK);
  }

  /**
   * Resolves what can be resolved.
   *
   * @throws org.vqvae.core.config.ConfigException if settings stand for each other in a circle, or
   *     do not go together
   */
  static Config resolve(Config config, Problems problems) {
    Set<String> missing = new HashSet<>();
    while (true) {
      try {
        return config.resolve(ConfigResolveOptions.defaults().appendResolver(new Marker(missing)));
      } catch (UnresolvedSubstitution e) {
        Matcher reference = REFERENCE.matcher(String.valueOf(e.getMessage()));
        String path = reference.find() ? reference.group(1) : "";
        report(path, e, config, problems);
        if (isCircle(e) || !missing.add(path)) {
          problems.throwIfAny();
        }
      } catch (ConfigException e) {
        String message = Syntax.explain(e);
        problems.add(ConfigProblem.of(Kind.UNRESOLVED, "", placeOf(e, problems), message));
        problems.throwIfAny();
      }
    }
  }

  /** Gives those paths a marked value that are known to stand for nothing. */
  private record Marker(Set<String> missing) implements ConfigResolver {
    @Override
    public @Nullable ConfigValue lookup(String path) {
      return missing.contains(path) ? ConfigValueFactory.fromAnyRef(MARK) : null;
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }

  private static Place placeOf(ConfigException failure, Problems problems) {
    return failure.origin() == null ? Place.NOWHERE : problems.place(failure.origin());
  }

  private static boolean isCircle(UnresolvedSubstitution failure) {
    return String.valueOf(failure.getMessage()).contains(" cycle ");
  }

  private static void report(
      String path, UnresolvedSubstitution failure, Config config, Problems problems) {
    Place place = placeOf(failure, problems);
    String shown = "${" + path + "}";
    if (isCircle(failure)) {
      String message = "stands for itself, if only through others";
      problems.add(ConfigProblem.of(Kind.UNRESOLVED, shown, place, message));
      return;
    }
    Set<String> names = new TreeSet<>();
    collect(config.root(), "", names);
    String message = "there is no such setting here, and no environment variable of that name";
    problems.add(
        ConfigProblem.of(Kind.UNRESOLVED, shown, place, message)
            .withSuggestion(Nearest.to(path, names))
            .withDetails(List.of("only what the experiment itself says can be named, no default")));
  }

  private static void collect(ConfigObject object, String prefix, Set<String> names) {
    try {
      object.forEach(
          (key, value) -> {
            names.add(prefix + key);
            if (value instanceof ConfigObject inner) {
              collect(inner, prefix + key + ".", names);
            }
          });
    } catch (NotResolved e) {
      return; // what is in it cannot be told before all is resolved, and it is only for a
      // suggestion
    }
  }
}
