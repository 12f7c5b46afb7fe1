package org.vqvae.audio.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vqvae.core.data.Field;

/**
 * The classes of files: the values of one field, or what values of several occur together, such as
 * {@code 7/jackson}.
 *
 * @param names in the order of the values, those of the first field before all
 * @param labels of each file, indices into the names; -1 without classes
 */
record FileClasses(List<String> names, int[] labels) {

  /**
   * The classes that some of the fields make.
   *
   * @param chosen names of fields; those that there are not are left out
   */
  static FileClasses of(FileFields files, List<String> chosen) {
    List<String> fields = files.fields().stream().map(Field::name).toList();
    int[] which = chosen.stream().mapToInt(fields::indexOf).filter(i -> i >= 0).toArray();
    if (which.length == 0) {
      int[] none = new int[files.values().size()];
      Arrays.fill(none, -1);
      return new FileClasses(List.of(), none);
    }
    SortedMap<Long, String> names = new TreeMap<>();
    files.values().forEach(file -> names.put(rank(files, which, file), name(files, which, file)));
    List<Long> ranks = new ArrayList<>(names.keySet());
    int[] labels =
        files.values().stream().mapToInt(file -> ranks.indexOf(rank(files, which, file))).toArray();
    return new FileClasses(List.copyOf(names.values()), labels);
  }

  private static long rank(FileFields files, int[] which, int[] values) {
    long rank = 0;
    for (int field : which) {
      rank = Math.addExact(Math.multiplyExact(rank, size(files, field)), values[field]);
    }
    return rank;
  }

  private static long size(FileFields files, int field) {
    return files.fields().get(field).values().size();
  }

  private static String name(FileFields files, int[] which, int[] values) {
    return String.join(
        "/",
        Arrays.stream(which)
            .mapToObj(field -> files.fields().get(field).values().get(values[field]))
            .toList());
  }
}
