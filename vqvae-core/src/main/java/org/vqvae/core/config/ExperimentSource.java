package org.vqvae.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.NotResolved;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.config.ConfigProblem.Kind;

/**
 * What a person wrote about an experiment: a file with what it includes, and {@code --set} above
 * it. Defaults are not in it.
 *
 * @param file the experiment's file
 * @param written all that was written, substitutions resolved
 * @param fileOnly the same without {@code --set}, and before substitution
 */
public record ExperimentSource(Path file, ConfigObject written, ConfigObject fileOnly) {

  /**
   * Reads an experiment.
   *
   * @param overrides {@code key=value} each, the last one of a key holds
   * @param roles the keys whose values can be written as the name of a type
   * @param loader finds what the experiment includes from the class path
   * @throws ConfigException if the text cannot be read at all; lesser problems are collected
   */
  public static ExperimentSource read(
      Path file, List<String> overrides, Set<String> roles, ClassLoader loader, Problems problems) {
    checkReadable(file, problems);
    ConfigObject below = new Includes(ConfigText.of(file, loader), roles, problems).parse();
    boolean incomplete = problems.count() > 0;
    ConfigObject above = Overrides.parse(overrides, problems);
    if (incomplete) {
      problems.throwIfAny();
    }
    ConfigObject layers = above.withFallback(ShortForms.spellOut(below, above));
    Config written = Substitutions.resolve(layers.toConfig(), problems);
    return new ExperimentSource(file, written.root(), below);
  }

  /**
   * The type that the file chose for a component, if the command line chose another one. It cannot
   * choose for an element of a list.
   */
  public Optional<String> replacedType(String path, String type) {
    return path.contains("[")
        ? Optional.empty()
        : typeIn(fileOnly, path).filter(before -> !before.equals(type));
  }

  private static Optional<String> typeIn(ConfigObject root, String path) {
    try {
      return literalTypeIn(root, path);
    } catch (NotResolved e) {
      return Optional.empty(); // a type that is not written out counts as not written
    }
  }

  private static Optional<String> literalTypeIn(ConfigObject root, String path) {
    ConfigValue value = root;
    for (String key : ConfigUtil.splitPath(path)) {
      value = value instanceof ConfigObject object ? object.get(key) : null;
    }
    value = value instanceof ConfigObject object ? object.get("type") : value;
    return value != null && value.unwrapped() instanceof String type
        ? Optional.of(type)
        : Optional.empty();
  }

  private static void checkReadable(Path file, Problems problems) {
    if (Files.isRegularFile(file) && Files.isReadable(file)) {
      return;
    }
    if (Files.exists(file)) {
      String what = Files.isDirectory(file) ? "this is a folder, not a file" : "cannot be read";
      problems.add(ConfigProblem.of(Kind.FILE_UNREADABLE, "", Place.NOWHERE, what));
    } else {
      List<String> beside = experimentsBeside(file.toAbsolutePath().getParent());
      problems.add(
          ConfigProblem.of(Kind.FILE_MISSING, "", Place.NOWHERE, "no such file")
              .withSuggestion(Nearest.to(String.valueOf(file.getFileName()), beside))
              .withDetails(
                  beside.isEmpty()
                      ? List.of()
                      : List.of("there are: " + String.join(", ", beside))));
    }
    problems.throwIfAny();
  }

  private static List<String> experimentsBeside(@Nullable Path folder) {
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".conf"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
