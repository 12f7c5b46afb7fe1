package org.vqvae.core.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import org.vqvae.core.config.ConfigProblem.Kind;

/**
 * Reads what follows {@code --set} on the command line. Of two that say the same key, the later one
 * holds.
 */
final class Overrides {
  private static final String EXAMPLE = "such as --set quantizer.codebook-size=256";

  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  private Overrides() {}

  static ConfigObject parse(List<String> assignments, Problems problems) {
    ConfigObject all = NOTHING;
    for (String assignment : assignments) {
      ConfigObject one = one(assignment, problems);
      all = one.withFallback(ShortForms.spellOut(all, one));
    }
    return all;
  }

  private static ConfigObject one(String assignment, Problems problems) {
    int equals = assignment.indexOf('=');
    String key = assignment.substring(0, Math.max(equals, 0)).strip();
    if (equals < 0 || key.isEmpty()) {
      return reject(assignment, "must be KEY=VALUE, " + EXAMPLE, problems);
    }
    if (!isKey(key)) {
      String message = "\"" + key + "\" is no key, write names with dots between, " + EXAMPLE;
      return reject(assignment, message, problems);
    }
    try {
      ConfigValue value = value(assignment.substring(equals + 1).strip());
      return at(ConfigUtil.splitPath(key), value);
    } catch (com.typesafe.config.ConfigException e) {
      return reject(assignment, Syntax.explain(e), problems);
    }
  }

  private static boolean isKey(String key) {
    try {
      return !ConfigUtil.splitPath(key).isEmpty();
    } catch (com.typesafe.config.ConfigException e) {
      return false;
    }
  }

  /** The value in sections that know where they come from. */
  private static ConfigObject at(List<String> path, ConfigValue value) {
    ConfigValue inner = path.size() == 1 ? value : at(path.subList(1, path.size()), value);
    return ConfigValueFactory.fromMap(Map.of(path.get(0), inner), Place.COMMAND_LINE);
  }

  private static ConfigObject reject(String assignment, String message, Problems problems) {
    problems.add(
        ConfigProblem.of(Kind.SET_SYNTAX, "--set " + assignment, new Place(2, 0, ""), message));
    return NOTHING;
  }

  /**
   * A value as in a file; but text that would need quotes there is taken as it is, for the shell
   * has eaten them.
   */
  private static ConfigValue value(String text) {
    boolean structured = text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
    if (!structured && (text.isEmpty() || text.contains("#") || text.contains("//"))) {
      return plain(text);
    }
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults().setOriginDescription(Place.COMMAND_LINE);
      ConfigValue value = ConfigFactory.parseString("value = " + text, options).root().get("value");
      return value == null ? plain(text) : value;
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
