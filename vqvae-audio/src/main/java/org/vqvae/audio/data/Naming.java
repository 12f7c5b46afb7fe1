package org.vqvae.audio.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.FileTree;

/** How the names of files say what is known of them. */
public sealed interface Naming permits Naming.Folders, NamePattern {

  FileFields read(FileTree tree);

  /**
   * The folder that a file is in says one thing, if there are folders.
   *
   * @param field what it is, such as {@code speaker}
   */
  record Folders(String field) implements Naming {

    @Override
    public FileFields read(FileTree tree) {
      int[] none = new int[tree.files().size()];
      Arrays.fill(none, -1);
      List<String> folders = tree.classes();
      if (folders.isEmpty()) {
        return new FileFields(
            List.of(), Collections.nCopies(tree.files().size(), new int[0]), none);
      }
      List<int[]> values =
          tree.files().stream()
              .map(file -> new int[] {Collections.binarySearch(folders, FileTree.folder(file))})
              .toList();
      return new FileFields(List.of(new Field(field, folders)), values, none);
    }
  }
}
