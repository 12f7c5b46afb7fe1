package org.vqvae.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How often each code of each codebook was chosen, over a batch or over a whole data set. */
public final class CodeUsages {
  private final CodeShape shape;
  private final List<Codebook> codebooks;

  /**
   * The usage of one codebook.
   *
   * @param map the name of its map
   * @param index its place in the map, from 0
   */
  public record Codebook(String map, int index, CodeUsage usage) {}

  /** The usage of the codebooks of that shape, of which nothing was counted yet. */
  public CodeUsages(CodeShape shape) {
    this.shape = shape;
    List<Codebook> all = new ArrayList<>();
    for (CodeMap map : shape.maps()) {
      for (int q = 0; q < map.depth(); q++) {
        all.add(new Codebook(map.name(), q, new CodeUsage(map.codebookSizes().get(q))));
      }
    }
    this.codebooks = List.copyOf(all);
  }

  /** The usage of these codes alone. */
  public static CodeUsages of(Codes codes) {
    CodeUsages usages = new CodeUsages(codes.shape());
    usages.add(codes);
    return usages;
  }

  /**
   * Counts these codes too.
   *
   * @throws IllegalArgumentException if they have another shape
   */
  public void add(Codes codes) {
    if (!codes.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "codes of %s cannot be counted among codes of %s".formatted(codes.shape(), shape));
    }
    for (int m = 0; m < shape.maps().size(); m++) {
      for (int q = 0; q < shape.map(m).depth(); q++) {
        get(m, q).add(codes.ofCodebook(m, q));
      }
    }
  }

  public CodeShape shape() {
    return shape;
  }

  /** The usage of one codebook of a map. */
  public CodeUsage get(int map, int codebook) {
    int before = shape.maps().subList(0, map).stream().mapToInt(CodeMap::depth).sum();
    return codebooks.get(before + codebook).usage();
  }

  /** All codebooks, map after map, coarse first. */
  public List<Codebook> all() {
    return codebooks;
  }

  /** How many different codes were chosen, of all codebooks together. */
  public int used() {
    return codebooks.stream().mapToInt(codebook -> codebook.usage().used()).sum();
  }

  /** The number of entries of all codebooks together. */
  public int codebookSize() {
    return codebooks.stream().mapToInt(codebook -> codebook.usage().codebookSize()).sum();
  }

  /** {@link CodeUsage#perplexity}, the mean over the codebooks. */
  public double perplexity() {
    return mean(CodeUsage::perplexity);
  }

  /** {@link CodeUsage#batchPerplexity}, the mean over the codebooks. */
  public double batchPerplexity() {
    return mean(CodeUsage::batchPerplexity);
  }

  private double mean(ToDoubleFunction<CodeUsage> figure) {
    return codebooks.stream()
        .mapToDouble(codebook -> figure.applyAsDouble(codebook.usage()))
        .average()
        .orElseThrow();
  }
}
