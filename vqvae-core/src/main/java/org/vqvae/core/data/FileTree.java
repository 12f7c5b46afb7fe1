package org.vqvae.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.kernel.Workers;

/**
 * The files of one kind below a folder, or in an archive. Hidden ones (a name, or a folder's, that
 * begins with a dot) are passed over.
 *
 * @param root the folder or archive, as messages name it
 * @param folders the names of the folders at its top, sorted
 * @param files paths below the root, sorted, with '/' between their parts on every system
 */
public record FileTree(String root, FileKind kind, List<String> folders, List<String> files) {
  private static final int SHOWN_PROBLEMS = 10;

  public FileTree {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }

  /** Reads one file. Several threads call it at once. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(String file) throws UnusableFileException;
  }

  /**
   * The files below a folder; links are followed.
   *
   * @throws DataException if there are none
   */
  public static FileTree below(Path root, FileKind kind) {
    try {
      return of(root.toString(), kind, folders(root), walk(root));
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(
          "%s: cannot be read (%s). Check its permissions.".formatted(root, e.getMessage()), e);
    }
  }

  /**
   * The files of that kind among others.
   *
   * @throws DataException if there are none
   */
  public static FileTree of(
      String root, FileKind kind, Collection<String> folders, Collection<String> all) {
    List<String> visible = all.stream().filter(name -> !isHidden(name)).sorted().toList();
    List<String> files = visible.stream().filter(kind::has).toList();
    if (files.isEmpty()) {
      throw DataException.of(
          root,
          "holds no %s: 0 of %d files end in %s"
              .formatted(kind.noun(), visible.size(), kind.endingsText()),
          "Set data.path");
    }
    return new FileTree(
        root, kind, folders.stream().filter(name -> !isHidden(name)).sorted().toList(), files);
  }

  /**
   * The folders as classes, or nothing if there are none.
   *
   * @throws DataException if files lie beside them or one is empty
   */
  public List<String> classes() {
    if (folders.isEmpty()) {
      return folders;
    }
    List<String> loose = files.stream().filter(file -> file.indexOf('/') < 0).toList();
    if (!loose.isEmpty()) {
      throw DataException.of(
          root,
          "has %d %s beside its sub-folders, such as %s, but sub-folders are classes"
              .formatted(loose.size(), kind.noun(), loose.get(0)),
          "Put all %s into sub-folders, or all into one folder".formatted(kind.noun()));
    }
    Set<String> filled = files.stream().map(FileTree::folder).collect(Collectors.toSet());
    for (String name : folders) {
      if (!filled.contains(name)) {
        throw DataException.of(
            root + "/" + name,
            "is a class without " + kind.noun(),
            "Remove it or put %s into it".formatted(kind.noun()));
      }
    }
    return folders;
  }

  /** The folder at the top that a file is in. */
  public static String folder(String file) {
    return file.substring(0, file.indexOf('/'));
  }

  /**
   * Reads every file; results are in the order of {@link #files}.
   *
   * @param workers share the files
   * @throws DataException naming the files that cannot be used
   */
  public <T> List<T> read(Reader<T> reader, Workers workers) {
    @Nullable Object[] contents = new Object[files.size()];
    @Nullable String[] problems = new String[files.size()];
    workers.run(
        files.size(),
        (i, worker, progress) -> {
          try {
            contents[i] = reader.read(files.get(i));
          } catch (UnusableFileException e) {
            problems[i] = files.get(i) + ": " + e.getMessage();
          }
        });
    report(Arrays.stream(problems).filter(Objects::nonNull).toList());
    @SuppressWarnings("unchecked") // the reader made them
    T[] all = (T[]) contents;
    return new ArrayList<>(Arrays.asList(all));
  }

  private void report(List<String> problems) {
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder message =
        new StringBuilder(
            "%s: %d of %d %s cannot be used:"
                .formatted(root, problems.size(), files.size(), kind.noun()));
    problems.stream()
        .limit(SHOWN_PROBLEMS)
        .forEach(problem -> message.append("\n  ").append(problem));
    if (problems.size() > SHOWN_PROBLEMS) {
      message.append("\n  and ").append(problems.size() - SHOWN_PROBLEMS).append(" more");
    }
    throw new DataException(message.append("\nRepair or remove these files.").toString());
  }

  private static List<String> folders(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .toList();
    }
  }

  private static List<String> walk(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString().replace('\\', '/'))
          .toList();
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.contains("/.");
  }
}
