package org.vqvae.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vqvae.core.config.ConfigProblem.Kind;

/** The settings of earlier versions that have another name now. */
final class RenamedKeys {
  /** Old paths of settings and sections, with the new ones. */
  private static final Map<String, String> NEW_NAMES =
      Map.of(
          "autoencoder.adam", "autoencoder.optimizer",
          "autoencoder.latent-weight", "model.latent-weight",
          "prior-training.adam", "prior-training.optimizer");

  private RenamedKeys() {}

  /** One problem for each setting at a path that has another name now; none if there is none. */
  static List<ConfigProblem> problems(String path, ConfigValue value, Problems problems) {
    return Optional.ofNullable(NEW_NAMES.get(path)).stream()
        .flatMap(name -> problems(path, name, value, problems))
        .toList();
  }

  private static Stream<ConfigProblem> problems(
      String path, String name, ConfigValue value, Problems problems) {
    if (value instanceof ConfigObject section && !section.isEmpty()) {
      return section.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .flatMap(
              entry ->
                  problems(
                      path + "." + entry.getKey(),
                      name + "." + entry.getKey(),
                      entry.getValue(),
                      problems));
    }
    if (Problems.isReported(value)) {
      return Stream.empty();
    }
    return Stream.of(
        problems
            .about(Kind.RENAMED_KEY, path, value, "is called " + name + " now")
            .withDetails(List.of("write: " + name + " = " + Shown.value(value))));
  }
}
