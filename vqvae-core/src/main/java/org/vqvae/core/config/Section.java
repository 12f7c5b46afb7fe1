package org.vqvae.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of an experiment to read.
 *
 * @param path from the experiment on, such as {@code quantizer}; empty for the experiment itself
 * @param owner what has the settings, such as {@code quantizer "ema"}
 * @param manual the arguments of {@code vqvae explain} that tell about them
 * @param written what the experiment says
 * @param defaults what holds where it says nothing
 * @param place where the section was written
 */
public record Section(
    String path,
    String owner,
    String manual,
    ConfigObject written,
    ConfigObject defaults,
    Place place) {

  /** A component has its type among its keys. */
  boolean isComponent() {
    return owner.endsWith("\"");
  }

  /** The full path of a setting of this section. */
  String pathOf(String key) {
    String quoted = ConfigUtil.joinPath(key);
    return path.isEmpty() ? quoted : path + "." + quoted;
  }

  Optional<ConfigValue> written(String key) {
    return present(written.get(key));
  }

  Optional<ConfigValue> initial(String key) {
    return present(defaults.get(key));
  }

  Optional<ConfigValue> value(String key) {
    return written(key).or(() -> initial(key));
  }

  /** What {@code reference.conf} says above a setting. */
  List<String> comment(String key) {
    ConfigValue value = defaults.get(key);
    return value == null ? List.of() : commentOf(value);
  }

  /** What {@code reference.conf} says above a value. */
  public static List<String> commentOf(ConfigValue value) {
    return value.origin().comments().stream().map(String::strip).toList();
  }

  /** HOCON's null means that nothing is said. */
  private static Optional<ConfigValue> present(@Nullable ConfigValue value) {
    return Optional.ofNullable(value).filter(it -> it.valueType() != ConfigValueType.NULL);
  }
}
