package org.vqvae.core.store;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Split;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.RandomCodes;

/** Code stores for tests. */
final class TinyStores {

  private TinyStores() {}

  /** One map of one codebook. */
  static CodeStoreInfo info(int codebookSize, int examples, int classes, int... grid) {
    return info(CodeShape.of(new Grid(grid), codebookSize), examples, classes);
  }

  static CodeStoreInfo info(CodeShape shape, int examples, int classes) {
    return new CodeStoreInfo(shape, examples, Split.TRAIN, classes, "autoencoder-1", "data-1");
  }

  /** The codes that all of these tests store. */
  static Codes codes(CodeStoreInfo info) {
    return RandomCodes.of(info.shape(), info.examples(), RandomStream.of(1, "codes"));
  }

  /** Labels take turns. */
  static Condition labels(CodeStoreInfo info, int... indices) {
    return info.classes() == 0
        ? Condition.NONE
        : Condition.ofLabels(IntStream.of(indices).map(i -> i % info.classes()).toArray());
  }

  static void write(Path file, CodeStoreInfo info, Codes codes) {
    try (CodeStoreWriter writer = CodeStoreWriter.create(file, info)) {
      writer.append(codes, labels(info, IntStream.range(0, info.examples()).toArray()));
      writer.finish();
    }
  }
}
