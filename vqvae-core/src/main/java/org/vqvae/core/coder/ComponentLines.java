package org.vqvae.core.coder;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vqvae.core.plugin.ExperimentConfig;

/** The chosen components of an experiment, each with its settings on one line. */
public final class ComponentLines {
  private static final List<String> ROLES =
      List.of("data", "model", "encoder", "quantizer", "decoder", "prior");

  private ComponentLines() {}

  /** One line for each role. */
  public static Map<String, String> of(ExperimentConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    ConfigObject resolved = config.resolved();
    for (String role : ROLES) {
      if (resolved.get(role) instanceof ConfigObject component) {
        settings.put(role, line(component));
      }
    }
    return settings;
  }

  /** The type, if it has one, then the settings. */
  private static String line(ConfigObject component) {
    Stream<String> others =
        component.entrySet().stream()
            .filter(setting -> !setting.getKey().equals("type"))
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> setting.getKey() + " " + shown(setting.getValue()));
    return Stream.concat(
            Stream.ofNullable(component.get("type")).map(ComponentLines::shown), others)
        .collect(Collectors.joining(", "));
  }

  private static String shown(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return line(object);
    }
    if (value instanceof ConfigList list) {
      return list.stream().map(ComponentLines::shown).collect(Collectors.joining("; ", "[", "]"));
    }
    return value.render(ConfigRenderOptions.concise()).replace("\"", "");
  }
}
