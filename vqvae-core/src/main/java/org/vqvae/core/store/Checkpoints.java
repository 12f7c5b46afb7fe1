package org.vqvae.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one stage: a folder per step, whole or not there, with a checksum for every
 * byte. Only the newest few are kept.
 */
public final class Checkpoints {
  /**
   * A checkpoint of the same step that is being replaced keeps this name until the new one is
   * there.
   */
  private static final String REPLACED = ".replaced";

  private static final Pattern NAME = Pattern.compile("(\\d{1,18})(\\" + REPLACED + ")?");

  private final Path folder;
  private final int keep;

  /**
   * The checkpoints in a folder, which need not be there yet.
   *
   * @param keep how many to keep, at least 1
   */
  public Checkpoints(Path folder, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be at least 1 but was " + keep);
    }
    this.folder = folder;
    this.keep = keep;
  }

  /** Where they are. */
  public Path folder() {
    return folder;
  }

  /** Saves a checkpoint, then deletes those that are too many. */
  public void save(Checkpoint checkpoint) {
    Path target = folder.resolve(Long.toString(checkpoint.step()));
    Path unfinished = folder.resolve(checkpoint.step() + AtomicFile.UNFINISHED);
    Path replaced = folder.resolve(checkpoint.step() + REPLACED);
    try {
      deleteTree(unfinished);
      new CheckpointFolder(unfinished).write(checkpoint);
      if (Files.exists(target)) {
        deleteTree(replaced);
        AtomicFile.move(target, replaced);
      }
      AtomicFile.move(unfinished, target);
      deleteTree(replaced);
      prune();
    } catch (IOException e) {
      throw StoreException.writing(target, e);
    }
  }

  /**
   * The newest checkpoint that is whole; empty if none was ever saved.
   *
   * @param warnings told about every newer one that is damaged
   * @throws StoreException if there are checkpoints but none is whole
   */
  public Optional<Checkpoint> latest(Consumer<String> warnings) {
    List<String> faults = new ArrayList<>();
    for (Path candidate : candidates()) {
      try {
        Checkpoint checkpoint = load(candidate);
        faults.forEach(
            fault -> warnings.accept(fault + "; going on from step " + checkpoint.step()));
        return Optional.of(checkpoint);
      } catch (StoreException e) {
        faults.add("checkpoint %s cannot be used (%s)".formatted(candidate, e.getMessage()));
      }
    }
    if (faults.isEmpty()) {
      return Optional.empty();
    }
    throw new StoreException(
        "%s: no checkpoint can be used; start again under another name: %s"
            .formatted(folder, String.join("; ", faults)));
  }

  /** The steps that there are checkpoints of, newest first. */
  public List<Long> steps() {
    return candidates().stream().map(Checkpoints::step).distinct().toList();
  }

  private static Checkpoint load(Path candidate) {
    Checkpoint checkpoint = new CheckpointFolder(candidate).read();
    if (checkpoint.step() != step(candidate)) {
      throw new StoreException("%s: it is of step %d".formatted(candidate, checkpoint.step()));
    }
    return checkpoint;
  }

  /** Newest first; of one step, the finished one before the one that it replaces. */
  private List<Path> candidates() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(each -> NAME.matcher(each.getFileName().toString()).matches())
          .sorted(
              Comparator.comparing(Checkpoints::step)
                  .reversed()
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException e) {
      throw StoreException.reading(folder, e);
    }
  }

  private static long step(Path candidate) {
    Matcher matcher = NAME.matcher(candidate.getFileName().toString());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a checkpoint: " + candidate);
    }
    return Long.parseLong(matcher.group(1));
  }

  private void prune() throws IOException {
    List<Long> kept = steps().stream().limit(keep).toList();
    for (Path candidate : candidates()) {
      if (!kept.contains(step(candidate))) {
        // renamed first: a kill while deleting leaves no half checkpoint under a good name
        Path doomed = folder.resolve(step(candidate) + AtomicFile.UNFINISHED);
        deleteTree(doomed);
        AtomicFile.move(candidate, doomed);
        deleteTree(doomed);
      }
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(root)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
