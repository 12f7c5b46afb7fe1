package org.vqvae.core.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds experiments: files of one's own, and those that lie beside the modules in {@code configs/}.
 */
final class ExperimentFiles {
  private static final String SUFFIX = ".conf";
  private static final String HOME = "vqvae.home";

  private ExperimentFiles() {}

  /** The file that a name on the command line means; the name itself if there is none. */
  static Path find(String name) {
    Path file = Path.of(name);
    if (Files.exists(file)) {
      return file;
    }
    return shipped().stream()
        .filter(path -> path.getFileName().toString().equals(name + SUFFIX))
        .findFirst()
        .orElse(file);
  }

  /** The experiments that come with vqvae, sorted by name. */
  static List<Path> shipped() {
    Path home = Path.of(System.getProperty(HOME, "."));
    try (Stream<Path> files = Files.walk(home, 3)) {
      return files
          .filter(path -> path.toString().endsWith(SUFFIX))
          .filter(path -> String.valueOf(path.getParent()).endsWith("configs"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
