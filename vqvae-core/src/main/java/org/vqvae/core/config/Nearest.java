package org.vqvae.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody most likely meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The name nearest to a wrong one, if any is near: at most one edit in three letters away (case
   * and the choice of '-', '_' and camel case aside), or the only one that contains it.
   */
  public static Optional<String> to(String wrong, Collection<String> names) {
    String word = plain(wrong);
    Optional<String> nearest =
        names.stream().min(Comparator.comparingInt(name -> edits(word, plain(name))));
    if (nearest.isPresent() && near(word, plain(nearest.get()))) {
      return nearest;
    }
    List<String> containing = names.stream().filter(name -> plain(name).contains(word)).toList();
    return containing.size() == 1 && word.length() > 2
        ? Optional.of(containing.get(0))
        : Optional.empty();
  }

  private static boolean near(String word, String name) {
    return edits(word, name) <= Math.max(word.length(), name.length()) / 3;
  }

  private static String plain(String name) {
    return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
   */
  static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(int[][] cost, String from, String to, int i, int j) {
    int replace = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
