package org.vqvae.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where data lies. A path that exists is taken as it is. Otherwise its last two names, and then its
 * last one, are looked up in the folder that the environment variable {@code VQVAE_DATA} names and
 * in {@code ../shared/data} (seen from the working directory), so that an experiment may say {@code
 * path = fashion-mnist} and run on any machine.
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
    return find(path, System.getenv(VARIABLE), Path.of(""));
  }

  /**
   * The file that {@code path} means, absolute, found like a folder.
   *
   * @throws DataException if there is none, naming every place that was looked at
   */
  public static Path findFile(Path path) {
    return findFile(path, System.getenv(VARIABLE), Path.of(""));
  }

  static Path find(Path path, @Nullable String dataHome, Path workingDirectory) {
    Path found = locate(path, dataHome, workingDirectory, "folder");
    if (!Files.isDirectory(found)) {
      throw DataException.of(
          found,
          "is a file, but a folder is expected",
          "Set data.path to the folder of the data files");
    }
    return found;
  }

  static Path findFile(Path path, @Nullable String dataHome, Path workingDirectory) {
    Path found = locate(path, dataHome, workingDirectory, "file");
    if (Files.isDirectory(found)) {
      throw DataException.of(
          found, "is a folder, but a file is expected", "Set data.path to the file");
    }
    return found;
  }

  private static Path locate(
      Path path, @Nullable String dataHome, Path workingDirectory, String wanted) {
    Set<Path> places = places(path, dataHome, workingDirectory);
    return places.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> notFound(path, places, dataHome, wanted));
  }

  private static Set<Path> places(Path path, @Nullable String dataHome, Path workingDirectory) {
    List<Path> homes = new ArrayList<>();
    if (dataHome != null && !dataHome.isBlank()) {
      homes.add(Path.of(dataHome));
    }
    homes.add(workingDirectory.resolve("../shared/data"));
    Set<Path> places = new LinkedHashSet<>();
    places.add(path.toAbsolutePath().normalize());
    int names = path.getNameCount();
    for (Path home : homes) {
      for (int last = Math.min(2, names); last >= 1; last--) {
        places.add(home.resolve(path.subpath(names - last, names)).toAbsolutePath().normalize());
      }
    }
    return places;
  }

  private static DataException notFound(
      Path path, Set<Path> places, @Nullable String dataHome, String wanted) {
    StringBuilder message = new StringBuilder("%s: no such %s. Looked at:".formatted(path, wanted));
    places.forEach(place -> message.append("\n  ").append(place));
    return new DataException(
        message
            .append("\nSet data.path to the %s, or the environment variable ".formatted(wanted))
            .append(VARIABLE)
            .append(wanted.equals("folder") ? " to the one" : " to the folder")
            .append(" that holds it")
            .append(dataHome == null ? " (it is not set)." : ".")
            .toString());
  }
}
