package org.vqvae.core.data;

import java.util.List;
import java.util.Locale;

/**
 * Files of one kind, told by the ends of their names, in capitals or not.
 *
 * @param noun what messages call several of them, such as {@code pictures}
 * @param endings such as {@code .png}
 */
public record FileKind(String noun, List<String> endings) {

  public FileKind {
    endings = List.copyOf(endings);
  }

  /** Whether a name is one of such a file. */
  public boolean has(String name) {
    return endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /** For example {@code .png, .jpg or .jpeg}. */
  String endingsText() {
    int last = endings.size() - 1;
    String others = String.join(", ", endings.subList(0, last));
    return others.isEmpty() ? endings.get(last) : others + " or " + endings.get(last);
  }
}
