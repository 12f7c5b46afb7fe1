package org.vqvae.core.testing;

import java.util.ArrayList;
import java.util.List;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.random.RandomStream;

/** Codes of all forms, for tests of what must hold for each. */
public final class RandomCodes {

  private RandomCodes() {}

  /** A shape of 1 to 3 maps of rank 1 or 2, with 1 to 4 codebooks of unequal size each. */
  public static CodeShape shape(RandomStream random) {
    List<CodeMap> maps = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int m = 0; m < count; m++) {
      List<Integer> codebookSizes = new ArrayList<>();
      int depth = 1 + random.nextInt(4);
      for (int q = 0; q < depth; q++) {
        codebookSizes.add(1 + random.nextInt(1 << random.nextInt(20)));
      }
      maps.add(new CodeMap("map-" + m, grid(random), codebookSizes));
    }
    return new CodeShape(maps);
  }

  private static Grid grid(RandomStream random) {
    return random.nextInt(2) == 0
        ? new Grid(1 + random.nextInt(20))
        : new Grid(1 + random.nextInt(4), 1 + random.nextInt(4));
  }

  /** Codes of that shape, each uniform over its codebook. */
  public static Codes of(CodeShape shape, int examples, RandomStream random) {
    int[] values = new int[examples * shape.codes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(shape.codebookSize(i % shape.codes()));
    }
    return Codes.of(shape, values);
  }
}
