package org.vqvae.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.UnresolvedSubstitution;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vqvae.core.config.ConfigProblem.Kind;

/**
 * Replaces {@code ${other.setting}} by what it stands for. One that stands for nothing is a problem, and its value is
 * marked so that nobody complains about it a second time.
 */
final class Substitutions {
  private static final String MARK = "\0";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

  private Substitutions() {}

  /** True of a value of which a part could not be resolved, and was reported. */
  static boolean isUnresolved(ConfigValue value) {
    return value.unwrapped() instanceof String text && text.contains(MARK);
  }

  static Config resolve(Config config, Problems problems) {
    Config source = config;
    Set<String> missing = new HashSet<>();
    while (true) {
      try {
        return config.resolveWith(source);
      } catch (UnresolvedSubstitution e) {
        Matcher reference = REFERENCE.matcher(String.valueOf(e.getMessage()));
        String path = reference.find() ? reference.group(1) : "";
        report(path, e, config, problems);
        if (path.isEmpty() || !missing.add(path)) {
          return ConfigFactory.empty();
        }
        source = source.withFallback(ConfigValueFactory.fromAnyRef(MARK).atPath(path));
      }
    }
  }

  private static void report(
      String path, UnresolvedSubstitution failure, Config config, Problems problems) {
    boolean cycle = String.valueOf(failure.getMessage()).contains("cycle");
    String message =
        cycle
            ? "stands for itself, if only through others"
            : "there is no such setting here, nor an environment variable of that name";
    Place place = failure.origin() == null ? Place.NOWHERE : problems.place(failure.origin());
    ConfigProblem problem = ConfigProblem.of(Kind.UNRESOLVED, "${" + path + "}", place, message);
    Set<String> names = new TreeSet<>();
    collect(config.root(), "", names);
    problems.add(
        cycle
            ? problem
            : problem
                .withSuggestion(Nearest.to(path, names))
                .withDetails(List.of("only what the experiment says itself can be named, no default")));
  }

  private static void collect(ConfigObject object, String prefix, Set<String> names) {
    object.forEach(
        (key, value) -> {
          names.add(prefix + key);
          if (value instanceof ConfigObject inner) {
            collect(inner, prefix + key + ".", names);
          }
        });
  }
}
