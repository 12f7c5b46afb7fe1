package org.vqvae.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.data.Split;
import org.vqvae.core.store.AtomicFile;
import org.vqvae.core.store.Checkpoints;
import org.vqvae.core.store.StoreException;

/**
 * The folder that holds everything of a run:
 *
 * <pre>
 * config.resolved.conf            the whole config, defaults included
 * provenance.json                 versions, machine, seed, fingerprints
 * metrics.jsonl                   what was measured while training
 * checkpoints/STAGE/STEP/         what a stage goes on from
 * checkpoints/STAGE/best.safetensors  a prior's parameters where its validation was best
 * autoencoder.safetensors         the trained encoder, quantizer and decoder
 * prior-NAME.safetensors          a trained prior
 * codes/SPLIT.codes               the codes of the data
 * samples/                        what the priors made
 * results.json, report.html       the figures, for scripts and for people
 * </pre>
 *
 * One process at a time may write; any may read.
 */
public final class RunFolder implements AutoCloseable {
  private static final String PROVENANCE = "provenance.json";

  private final Path path;
  private final @Nullable RunLock lock;

  private RunFolder(Path path, @Nullable RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder of a new run, to write in.
   *
   * @throws StoreException if there is something in it already, or another process has just begun
   *     in it
   */
  public static RunFolder create(Path path) {
    try {
      checkVacant(path);
      Files.createDirectories(path);
      RunLock lock = RunLock.take(path);
      try {
        checkVacant(path);
        return new RunFolder(path, lock);
      } catch (StoreException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw StoreException.writing(path, e);
    }
  }

  /**
   * Whether a new run can begin there: nothing is there, or no more than what a process left that
   * was killed before it wrote the config.
   *
   * @throws StoreException if it is no folder
   */
  public static boolean isVacant(Path path) {
    if (!Files.exists(path)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(RunFolder::isOfDeadStart);
    } catch (NotDirectoryException e) {
      throw new StoreException(path + ": is a file, not a folder; choose another name", e);
    } catch (IOException e) {
      throw StoreException.reading(path, e);
    }
  }

  /**
   * Opens the folder of a run that was begun, to write in; deletes what a killed process left
   * unfinished.
   *
   * @throws StoreException if it is not a run's folder, or another process writes in it
   */
  public static RunFolder resume(Path path) {
    RunFolder reader = read(path);
    RunLock lock = RunLock.take(path);
    try {
      reader.deleteUnfinished();
      return new RunFolder(path, lock);
    } catch (IOException e) {
      lock.close();
      throw StoreException.writing(path, e);
    }
  }

  /**
   * Opens the folder of a run, to read only.
   *
   * @throws StoreException if it is not a run's folder, or one of another format
   */
  public static RunFolder read(Path path) {
    RunFolder folder = new RunFolder(path, null);
    if (!Files.isRegularFile(folder.config())) {
      throw new StoreException(
          "%s: not a run folder, as it has no %s; check the name, or begin a new run"
              .formatted(path, folder.config().getFileName()));
    }
    Provenance.read(folder); // of another format it is refused
    return folder;
  }

  public Path path() {
    return path;
  }

  public Path config() {
    return path.resolve("config.resolved.conf");
  }

  public Path provenance() {
    return path.resolve(PROVENANCE);
  }

  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  public Path autoencoder() {
    return path.resolve("autoencoder.safetensors");
  }

  /** The parameters of the prior of that name. */
  public Path prior(String name) {
    return path.resolve("prior-%s.safetensors".formatted(name));
  }

  public Path codes(Split split) {
    return path.resolve("codes").resolve(split.name().toLowerCase(Locale.ROOT) + ".codes");
  }

  /** A folder. */
  public Path samples() {
    return path.resolve("samples");
  }

  public Path results() {
    return path.resolve("results.json");
  }

  public Path report() {
    return path.resolve("report.html");
  }

  /**
   * The checkpoints of a stage.
   *
   * @param keep how many of them to keep
   */
  public Checkpoints checkpoints(String stage, int keep) {
    return new Checkpoints(path.resolve("checkpoints").resolve(stage), keep);
  }

  /** The text of one of this folder's files. */
  public static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
  }

  /** Lets other processes write. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  private static void checkVacant(Path path) {
    if (!isVacant(path)) {
      throw new StoreException(
          path
              + ": there is something in this folder; go on with its run by --resume, or choose"
              + " another name");
    }
  }

  /** All that a process leaves that was killed before it wrote the config. */
  private static boolean isOfDeadStart(Path file) {
    String name = file.getFileName().toString();
    return name.equals(RunLock.FILE) || name.equals(PROVENANCE) || isUnfinished(file);
  }

  private void deleteUnfinished() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path each : entries.filter(RunFolder::isUnfinished).toList()) {
        Files.delete(each);
      }
    }
  }

  private static boolean isUnfinished(Path file) {
    return file.getFileName().toString().endsWith(AtomicFile.UNFINISHED)
        && Files.isRegularFile(file);
  }
}
