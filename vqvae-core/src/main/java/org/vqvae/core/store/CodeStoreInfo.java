package org.vqvae.core.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Split;

/**
 * What the codes in a store are.
 *
 * @param shape the form of one example's codes
 * @param examples how many examples
 * @param split which part of the data they are of
 * @param classes the number of classes that labels are of; 0 when there are no labels
 * @param autoencoder the {@link Fingerprint} of the autoencoder that made the codes
 * @param data the fingerprint of the data set that they were made from
 */
public record CodeStoreInfo(
    CodeShape shape, int examples, Split split, int classes, String autoencoder, String data) {
  private static final int HIGHEST_RANK = 8;

  public CodeStoreInfo {
    if (examples < 1 || classes < 0) {
      throw new IllegalArgumentException("examples must be at least 1 and classes at least 0");
    }
  }

  /** The bits of the codes of one example: ceil(log2 K) for each. */
  public long bits() {
    return BitPacking.bitsFor(shape);
  }

  int labelBits() {
    return classes == 0 ? 0 : BitPacking.bitsFor(classes);
  }

  /** The bytes of all codes. */
  long codeBytes() {
    return BitPacking.bytesFor(examples, bits());
  }

  /** The bytes of all codes and, behind them, all labels. */
  long payloadBytes() {
    return Math.addExact(codeBytes(), BitPacking.bytesFor(examples, labelBits()));
  }

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", Formats.CURRENT);
    fields.put("maps", shape.maps().stream().map(CodeStoreInfo::json).toList());
    fields.put("examples", examples);
    fields.put("split", split.name().toLowerCase(Locale.ROOT));
    fields.put("classes", classes);
    fields.put("autoencoder", autoencoder);
    fields.put("data", data);
    return Json.compact(fields);
  }

  private static Map<String, Object> json(CodeMap map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", map.name());
    fields.put("grid", IntStream.of(map.grid().sizes()).boxed().toList());
    fields.put("codebook-sizes", map.codebookSizes());
    return fields;
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws StoreException if a field is missing or impossible
   */
  static CodeStoreInfo parse(String json, String where) {
    JsonFields fields = Json.parseObject(json, where);
    Formats.check(where, fields.integer("format", 1, Long.MAX_VALUE));
    try {
      List<CodeMap> maps = fields.objects("maps").stream().map(CodeStoreInfo::map).toList();
      CodeStoreInfo info =
          new CodeStoreInfo(
              new CodeShape(maps),
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

  private static CodeMap map(JsonFields fields) {
    int[] grid = integers(fields, "grid");
    if (grid.length > HIGHEST_RANK) {
      throw new IllegalArgumentException("grid of rank " + grid.length);
    }
    List<Integer> codebookSizes = IntStream.of(integers(fields, "codebook-sizes")).boxed().toList();
    return new CodeMap(fields.text("name"), new Grid(grid), codebookSizes);
  }

  private static int[] integers(JsonFields fields, String name) {
    return Arrays.stream(fields.integers(name, 1)).mapToInt(Math::toIntExact).toArray();
  }
}
