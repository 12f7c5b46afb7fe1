package org.vqvae.core.config;

import com.typesafe.config.ConfigException.NotResolved;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spells {@code quantizer = ema} out as {@code quantizer { type = ema }}. HOCON would forget a text
 * when a section is laid over it, and settings are often added to a preset's choice.
 */
final class ShortForms {

  private ShortForms() {}

  /** Spells out those of the keys that are texts. */
  static ConfigObject spellOut(ConfigObject object, Set<String> keys) {
    ConfigObject result = object;
    for (String key : keys) {
      ConfigValue value = known(result, key);
      if (value != null && isText(value)) {
        result = result.withValue(key, section(value));
      }
    }
    return result;
  }

  /** Spells out those texts of an object over which another lays sections. */
  static ConfigObject spellOut(ConfigObject below, ConfigObject above) {
    ConfigObject result = below;
    for (Map.Entry<String, ConfigValue> entry : above.entrySet()) {
      if (entry.getValue() instanceof ConfigObject section) {
        String key = entry.getKey();
        ConfigValue value = known(result, key);
        if (value != null && isText(value)) {
          result = result.withValue(key, section(value));
        } else if (value instanceof ConfigObject object) {
          result = result.withValue(key, spellOut(object, section));
        }
      }
    }
    return result;
  }

  /** A value, or null where there is none or it is only known when all substitutions are. */
  private static @Nullable ConfigValue known(ConfigObject object, String key) {
    try {
      ConfigValue value = object.get(key);
      if (value != null) {
        value.valueType();
      }
      return value;
    } catch (NotResolved e) {
      return null;
    }
  }

  private static boolean isText(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING;
  }

  private static ConfigValue section(ConfigValue type) {
    return ConfigValueFactory.fromMap(Map.of("type", type)).withOrigin(type.origin());
  }
}
