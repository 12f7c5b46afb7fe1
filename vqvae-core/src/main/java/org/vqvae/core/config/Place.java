package org.vqvae.core.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where something was written: a line of the experiment's file, of a file that it includes, or the
 * command line. Places sort in that order, so that problems come in the order in which a reader
 * meets them.
 *
 * @param text as messages show it, such as {@code line 7}; empty if it was written nowhere
 */
public record Place(int rank, int line, String text) implements Comparable<Place> {

  /** Written nowhere, such as a setting that is missing. */
  public static final Place NOWHERE = new Place(4, 0, "");

  /** The name that values of {@code --set} carry as their origin. */
  static final String COMMAND_LINE = "--set";

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::rank)
          .thenComparing(Place::fileName)
          .thenComparingInt(Place::line);

  /** The place of a value, as seen from the experiment's own file. */
  static Place of(ConfigOrigin origin, @Nullable Path experiment) {
    String line = origin.lineNumber() > 0 ? "line " + origin.lineNumber() : "";
    if (origin.description().startsWith(COMMAND_LINE)) {
      return new Place(2, 0, COMMAND_LINE);
    }
    if (origin.filename() == null) {
      return inResource(origin, line);
    }
    Path file = Path.of(origin.filename());
    return file.equals(experiment) || experiment == null
        ? new Place(0, origin.lineNumber(), line)
        : new Place(1, origin.lineNumber(), (nameFrom(experiment, file) + " " + line).strip());
  }

  private static Place inResource(ConfigOrigin origin, String line) {
    if (origin.resource() == null) {
      return origin.lineNumber() > 0 ? new Place(0, origin.lineNumber(), line) : NOWHERE;
    }
    return new Place(3, origin.lineNumber(), origin.resource() + " " + line);
  }

  /** A file's name as short as it can be said from beside the experiment. */
  static String nameFrom(Path experiment, Path file) {
    Path folder = experiment.toAbsolutePath().normalize().getParent();
    Path target = file.toAbsolutePath().normalize();
    return folder != null && target.startsWith(folder)
        ? folder.relativize(target).toString()
        : file.toString();
  }

  /** Written by {@code --set}. */
  public boolean isCommandLine() {
    return text.equals(COMMAND_LINE);
  }

  private String fileName() {
    return rank == 1 || rank == 3 ? text.replaceFirst(" ?line \\d+$", "") : "";
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
