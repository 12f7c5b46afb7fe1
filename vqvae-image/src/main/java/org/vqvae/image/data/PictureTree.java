package org.vqvae.image.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vqvae.core.data.DataException;

/**
 * The picture files below a folder, by extension, and their classes: its sub-folders, or none if it
 * has none. Hidden files and folders (a name that begins with a dot) are passed over.
 */
record PictureTree(Path root, List<String> classes, List<Path> files) {
  private static final String EXTENSIONS = "(?i).+\\.(png|jpe?g)";

  static PictureTree of(Path root) {
    try {
      List<Path> files = walk(root);
      List<Path> pictures =
          files.stream().filter(path -> path.toString().matches(EXTENSIONS)).toList();
      if (pictures.isEmpty()) {
        throw DataFile.problem(
            root,
            "holds no pictures: 0 of %d files end in .png, .jpg or .jpeg".formatted(files.size()),
            "Set data.path");
      }
      PictureTree tree = new PictureTree(root, folders(root), pictures);
      tree.checkClasses();
      return tree;
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(
          "%s: cannot be read (%s). Check its permissions.".formatted(root, e.getMessage()), e);
    }
  }

  /** The file's path below the root with '/' between its parts: the same on every system. */
  String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** The file's class, or -1 without classes. */
  int label(Path file) {
    return classes.isEmpty() ? -1 : Collections.binarySearch(classes, folder(file));
  }

  private void checkClasses() {
    if (classes.isEmpty()) {
      return;
    }
    List<Path> loose = files.stream().filter(file -> file.getParent().equals(root)).toList();
    if (!loose.isEmpty()) {
      throw DataFile.problem(
          root,
          "has %d pictures beside its sub-folders, such as %s, but sub-folders are classes"
              .formatted(loose.size(), name(loose.get(0))),
          "Put every picture into a sub-folder, or all into one folder");
    }
    Set<String> filled = files.stream().map(this::folder).collect(Collectors.toSet());
    for (String name : classes) {
      if (!filled.contains(name)) {
        throw DataFile.problem(
            root.resolve(name), "is a class without pictures", "Remove it or put pictures into it");
      }
    }
  }

  private String folder(Path file) {
    return root.relativize(file).getName(0).toString();
  }

  private static List<String> folders(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static List<Path> walk(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .filter(path -> !isHidden(root.relativize(path)))
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
