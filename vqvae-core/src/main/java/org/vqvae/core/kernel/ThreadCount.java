package org.vqvae.core.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.IncompatibleException;

/** How many threads compute where no setting says so. */
public final class ThreadCount {
  private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");

  private ThreadCount() {}

  /**
   * As many as {@code OMP_NUM_THREADS} says, which must be a whole number; without it the physical
   * cores, but no more than this process may use: a container's share of the machine counts.
   */
  public static int ofThisProcess() {
    return of(
        System.getenv("OMP_NUM_THREADS"),
        Runtime.getRuntime().availableProcessors(),
        physicalCores(PROCESSORS));
  }

  /**
   * Fails if {@code OMP_NUM_THREADS} is something that ND4J cannot start with.
   *
   * @throws IncompatibleException with what is allowed
   */
  static void check(@Nullable String variable) {
    if (variable != null && !variable.matches("[1-9][0-9]{0,3}")) {
      throw new IncompatibleException(
          ("OMP_NUM_THREADS is \"%s\", but ND4J reads it and needs a whole number from 1 to 9999;"
                  + " unset it, and say how many threads compute by engine.threads")
              .formatted(variable));
    }
  }

  /**
   * The number for what the surroundings say.
   *
   * @param variable the value of {@code OMP_NUM_THREADS}; null: it is not set
   * @param usable the processors that the process may use
   * @param physical the physical cores of the machine; 0: unknown
   */
  static int of(@Nullable String variable, int usable, int physical) {
    check(variable);
    if (variable != null) {
      return Integer.parseInt(variable);
    }
    return physical == 0 ? usable : Math.min(usable, physical);
  }

  /** Counts the cores that Linux tells of; 0 elsewhere. */
  static int physicalCores(Path processors) {
    try (Stream<Path> folders = Files.list(processors)) {
      Set<String> cores =
          folders
              .map(folder -> folder.resolve("topology/thread_siblings_list"))
              .filter(Files::isReadable)
              .map(ThreadCount::read)
              .collect(Collectors.toSet());
      return cores.size();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
