package org.vqvae.core.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Split;

/**
 * What the codes in a store are.
 *
 * @param space K and the grid of one example's codes
 * @param examples how many examples
 * @param split which part of the data they are of
 * @param classes the number of classes that labels are of; 0 when there are no labels
 * @param autoencoder the {@link Fingerprint} of the autoencoder that made the codes
 * @param data the fingerprint of the data set that they were made from
 */
public record CodeStoreInfo(
    CodeSpace space, int examples, Split split, int classes, String autoencoder, String data) {
  private static final int HIGHEST_RANK = 8;

  public CodeStoreInfo {
    if (examples < 1 || classes < 0) {
      throw new IllegalArgumentException("examples must be at least 1 and classes at least 0");
    }
  }

  /** Bits per code: ceil(log2 K). */
  public int bits() {
    return BitPacking.bitsFor(space.codebookSize());
  }

  int labelBits() {
    return classes == 0 ? 0 : BitPacking.bitsFor(classes);
  }

  /** The bytes of all codes. */
  long codeBytes() {
    return BitPacking.bytesFor(Math.multiplyExact((long) examples, space.positions()), bits());
  }

  /** The bytes of all codes and, behind them, all labels. */
  long payloadBytes() {
    return Math.addExact(codeBytes(), BitPacking.bytesFor(examples, labelBits()));
  }

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("codebook-size", space.codebookSize());
    fields.put("bits", bits());
    fields.put("grid", IntStream.of(space.grid().sizes()).boxed().toList());
    fields.put("examples", examples);
    fields.put("split", split.name().toLowerCase(Locale.ROOT));
    fields.put("classes", classes);
    fields.put("autoencoder", autoencoder);
    fields.put("data", data);
    return Json.compact(fields);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws StoreException if a field is missing or impossible
   */
  static CodeStoreInfo parse(String json, String where) {
    JsonFields fields = Json.parseObject(json, where);
    try {
      int codebookSize = (int) fields.integer("codebook-size", 1, Integer.MAX_VALUE);
      fields.integer("bits", BitPacking.bitsFor(codebookSize), BitPacking.bitsFor(codebookSize));
      CodeStoreInfo info =
          new CodeStoreInfo(
              new CodeSpace(codebookSize, grid(fields)),
              (int) fields.integer("examples", 1, Integer.MAX_VALUE),
              Split.valueOf(fields.text("split").toUpperCase(Locale.ROOT)),
              (int) fields.integer("classes", 0, Integer.MAX_VALUE),
              fields.text("autoencoder"),
              fields.text("data"));
      info.payloadBytes();
      return info;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StoreException(
          "%s: describes an impossible store (%s)".formatted(where, e.getMessage()), e);
    }
  }

  private static Grid grid(JsonFields fields) {
    long[] sizes = fields.integers("grid", 1);
    if (sizes.length > HIGHEST_RANK) {
      throw new IllegalArgumentException("grid of rank " + sizes.length);
    }
    Grid grid = new Grid(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
    grid.positions();
    return grid;
  }
}
