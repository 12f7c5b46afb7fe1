package org.vqvae.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import org.vqvae.core.config.ConfigProblem.Kind;

/** Reads what follows {@code --set} on the command line. Of two that say the same key, the later one holds. */
final class Overrides {
  private static final String EXAMPLE = "such as --set quantizer.codebook-size=256";

  private Overrides() {}

  static Config parse(List<String> assignments, Problems problems) {
    Config all = ConfigFactory.empty();
    for (String assignment : assignments) {
      all = one(assignment, problems).withFallback(all);
    }
    return all;
  }

  private static Config one(String assignment, Problems problems) {
    int equals = assignment.indexOf('=');
    String key = assignment.substring(0, Math.max(equals, 0)).strip();
    if (equals < 0 || key.isEmpty()) {
      return reject(assignment, "must be KEY=VALUE, " + EXAMPLE, problems);
    }
    try {
      ConfigUtil.splitPath(key);
    } catch (com.typesafe.config.ConfigException e) {
      return reject(assignment, "\"" + key + "\" is no key, write names with dots between, " + EXAMPLE, problems);
    }
    try {
      return value(assignment.substring(equals + 1).strip()).atPath(key);
    } catch (com.typesafe.config.ConfigException e) {
      return reject(assignment, Syntax.explain(e), problems);
    }
  }

  private static Config reject(String assignment, String message, Problems problems) {
    problems.add(
        ConfigProblem.of(
            Kind.SET_SYNTAX, "--set " + assignment, new Place(2, 0, ""), message));
    return ConfigFactory.empty();
  }

  /** A value as in a file; but text that would need quotes there is taken as it is, for the shell has eaten them. */
  private static ConfigValue value(String text) {
    boolean structured = text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
    if (!structured && (text.isEmpty() || text.contains("#") || text.contains("//"))) {
      return plain(text);
    }
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults().setOriginDescription(Place.COMMAND_LINE);
      return ConfigFactory.parseString("value = " + text, options).root().get("value");
    } catch (com.typesafe.config.ConfigException e) {
      if (structured || text.startsWith("$")) {
        throw e;
      }
      return plain(text);
    }
  }

  private static ConfigValue plain(String text) {
    return ConfigValueFactory.fromAnyRef(text, Place.COMMAND_LINE);
  }
}
