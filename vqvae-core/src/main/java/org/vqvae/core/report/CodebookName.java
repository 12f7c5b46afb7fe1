package org.vqvae.core.report;

import java.util.ArrayList;
import java.util.List;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;

/**
 * One codebook of a model, by the name that results and reports give it: that of its map, such as
 * {@code codes} or {@code top}, and of the second and later codebooks also their number, such as
 * {@code codes-2}.
 *
 * @param map the index of its map
 * @param codebook its index in the map
 * @param size K
 */
public record CodebookName(String name, int map, int codebook, int size) {

  /** All codebooks, in the order map, codebook. */
  public static List<CodebookName> of(CodeShape shape) {
    List<CodebookName> names = new ArrayList<>();
    for (int m = 0; m < shape.maps().size(); m++) {
      CodeMap map = shape.map(m);
      for (int q = 0; q < map.depth(); q++) {
        String name = q == 0 ? map.name() : map.name() + "-" + (q + 1);
        names.add(new CodebookName(name, m, q, map.codebookSizes().get(q)));
      }
    }
    return names;
  }
}
