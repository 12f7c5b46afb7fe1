package org.vqvae.core.config;

import com.typesafe.config.ConfigException.NotResolved;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.Set;

/**
 * Spells {@code quantizer = ema} out as {@code quantizer { type = ema }}. HOCON would forget a text when a section is laid
 * over it, and settings are often added to a preset's choice.
 */
final class ShortForms {

  private ShortForms() {}

  /** Spells out those of the keys that are texts. */
  static ConfigObject spellOut(ConfigObject object, Set<String> keys) {
    ConfigObject result = object;
    for (String key : keys) {
      if (isText(result, key)) {
        result = result.withValue(key, section(result.get(key)));
      }
    }
    return result;
  }

  /** Spells out those texts of an object over which another lays sections. */
  static ConfigObject spellOut(ConfigObject below, ConfigObject above) {
    ConfigObject result = below;
    for (Map.Entry<String, ConfigValue> entry : above.entrySet()) {
      String key = entry.getKey();
      if (entry.getValue() instanceof ConfigObject inner) {
        if (isText(result, key)) {
          result = result.withValue(key, section(result.get(key)));
        } else if (result.get(key) instanceof ConfigObject innerBelow) {
          result = result.withValue(key, spellOut(innerBelow, inner));
        }
      }
    }
    return result;
  }

  private static boolean isText(ConfigObject object, String key) {
    try {
      ConfigValue value = object.get(key);
      return value != null && value.valueType() == ConfigValueType.STRING;
    } catch (NotResolved e) {
      return false; // what a substitution stands for is not known yet
    }
  }

  private static ConfigValue section(ConfigValue type) {
    return ConfigValueFactory.fromMap(Map.of("type", type)).withOrigin(type.origin());
  }
}
