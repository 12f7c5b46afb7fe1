package org.vqvae.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where data lies. A path that exists, seen from the working folder, is taken as it is. Otherwise
 * its last two names, and then its last one, are looked up in the folder that the environment
 * variable {@code VQVAE_DATA} names, so that an experiment may say {@code path = fashion-mnist} and
 * run on any machine.
 */
public final class DataFolders {
  private static final String VARIABLE = "VQVAE_DATA";

  private DataFolders() {}

  /**
   * The folder that {@code path} means, absolute.
   *
   * @throws DataException if there is none, naming every place that was looked at
   */
  public static Path find(Path path) {
    return find(path, home());
  }

  /**
   * The file that {@code path} means, absolute, found like a folder.
   *
   * @throws DataException if there is none, naming every place that was looked at
   */
  public static Path findFile(Path path) {
    return findFile(path, home());
  }

  private static Optional<Path> home() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(home -> !home.isBlank())
        .map(Path::of);
  }

  static Path find(Path path, Optional<Path> home) {
    Path found = locate(path, home, "folder");
    if (!Files.isDirectory(found)) {
      throw DataException.of(
          found,
          "is a file, but a folder is expected",
          "Set data.path to the folder of the data files");
    }
    return found;
  }

  static Path findFile(Path path, Optional<Path> home) {
    Path found = locate(path, home, "file");
    if (Files.isDirectory(found)) {
      throw DataException.of(
          found, "is a folder, but a file is expected", "Set data.path to the file");
    }
    return found;
  }

  private static Path locate(Path path, Optional<Path> home, String wanted) {
    Set<Path> places = places(path, home);
    return places.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> notFound(path, places, home, wanted));
  }

  private static Set<Path> places(Path path, Optional<Path> home) {
    Set<Path> places = new LinkedHashSet<>();
    places.add(path.toAbsolutePath().normalize());
    int names = path.getNameCount();
    for (int last = Math.min(2, names); last >= 1; last--) {
      Path end = path.subpath(names - last, names);
      home.ifPresent(folder -> places.add(folder.resolve(end).toAbsolutePath().normalize()));
    }
    return places;
  }

  private static DataException notFound(
      Path path, Set<Path> places, Optional<Path> home, String wanted) {
    StringBuilder message = new StringBuilder("%s: no such %s. Looked at:".formatted(path, wanted));
    places.forEach(place -> message.append("\n  ").append(place));
    return new DataException(
        message
            .append("\nSet data.path to the %s, or the environment variable ".formatted(wanted))
            .append(VARIABLE)
            .append(wanted.equals("folder") ? " to the one" : " to the folder")
            .append(" that holds it")
            .append(home.isPresent() ? "." : " (it is not set).")
            .toString());
  }
}
