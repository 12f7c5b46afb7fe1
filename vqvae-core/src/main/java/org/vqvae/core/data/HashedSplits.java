package org.vqvae.core.data;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Deals files out to splits by the hashes of their names: the hashes, sorted, are cut at the
 * fractions, so every split has its share whatever the number of files, and adding a few moves few
 * others.
 *
 * @param train indices of the files to train on; the others likewise
 */
public record HashedSplits(int[] train, int[] validation, int[] test) {

  /**
   * Deals out files.
   *
   * @param validation a fraction; above 0, at least one file
   * @param test likewise
   * @throws DataException if none are left to train on
   */
  public static HashedSplits of(FileTree tree, List<String> files, double validation, double test) {
    int count = files.size();
    int forValidation = share(validation, count);
    int forTest = share(test, count);
    if (forValidation + forTest >= count) {
      throw DataException.of(
          tree.root(),
          ("has %d %s, too few for three splits: %d for validation and %d for testing leave none"
                  + " to train on")
              .formatted(count, tree.kind().noun(), forValidation, forTest),
          "Add %s, or lower data.validation and data.test".formatted(tree.kind().noun()));
    }
    int[] order = order(files);
    return new HashedSplits(
        slice(order, forValidation + forTest, count),
        slice(order, 0, forValidation),
        slice(order, forValidation, forValidation + forTest));
  }

  private static int share(double fraction, int count) {
    return fraction == 0 ? 0 : (int) Math.max(1, Math.round(fraction * count));
  }

  private static int[] slice(int[] order, int from, int to) {
    return IntStream.range(from, to).map(i -> order[i]).toArray();
  }

  private static int[] order(List<String> files) {
    List<String> hashes =
        files.stream()
            .map(name -> new ContentDigest().add(name.getBytes(StandardCharsets.UTF_8)).hex())
            .toList();
    return IntStream.range(0, hashes.size())
        .boxed()
        .sorted(Comparator.comparing(hashes::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
