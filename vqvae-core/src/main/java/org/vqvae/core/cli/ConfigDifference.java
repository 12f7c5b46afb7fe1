package org.vqvae.core.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.plugin.ExperimentConfig;

/** What differs between two configs, setting by setting. */
final class ConfigDifference {
  private static final int SHOWN = 5;
  private static final int LONGEST = 100;

  private ConfigDifference() {}

  /** For example {@code autoencoder.steps was 100 and is 200}. */
  static List<String> of(ExperimentConfig before, ExperimentConfig after) {
    Map<String, ConfigValue> old = values(before.resolved().toConfig());
    Map<String, ConfigValue> now = values(after.resolved().toConfig());
    TreeSet<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(now.keySet());
    return keys.stream()
        .filter(key -> !shown(old.get(key)).equals(shown(now.get(key))))
        .map(key -> "%s was %s and is %s".formatted(key, brief(old.get(key)), brief(now.get(key))))
        .limit(SHOWN)
        .collect(Collectors.toList());
  }

  private static Map<String, ConfigValue> values(Config config) {
    Map<String, ConfigValue> values = new TreeMap<>();
    config.entrySet().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return values;
  }

  private static String brief(@Nullable ConfigValue value) {
    String whole = shown(value);
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST - 3) + "...";
  }

  private static String shown(@Nullable ConfigValue value) {
    return value == null ? "not set" : value.render(ConfigRenderOptions.concise());
  }
}
