package org.vqvae.core.data;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vqvae.core.DataSpec;

/** Three splits in memory: what a data set is once its files have been read. */
public final class StoredSplits implements Dataset {
  private final DataSpec spec;
  private final List<Field> fields;
  private final Map<Split, StoredExamples> splits;
  private final String fingerprint;

  /** Splits of data without other fields than its classes. */
  public StoredSplits(
      DataSpec spec, StoredExamples train, StoredExamples validation, StoredExamples test) {
    this(
        spec,
        Field.classOf(spec),
        Map.of(Split.TRAIN, train, Split.VALIDATION, validation, Split.TEST, test));
  }

  /**
   * @param splits all three
   */
  public StoredSplits(
      DataSpec spec, List<Field> fields, Map<Split, ? extends StoredExamples> splits) {
    this.spec = spec;
    this.fields = List.copyOf(fields);
    this.splits = new EnumMap<>(splits);
    this.fingerprint = digest();
  }

  @Override
  public DataSpec spec() {
    return spec;
  }

  @Override
  public List<Field> fields() {
    return fields;
  }

  @Override
  public Examples examples(Split split) {
    return requireNonNull(splits.get(split), "all three splits are there");
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  /** SHA-256 of the form, and of the sizes, labels and content of the splits. */
  private String digest() {
    ContentDigest digest = new ContentDigest();
    digest.add(
        (spec.grid() + "x" + spec.channels() + spec.classes()).getBytes(StandardCharsets.UTF_8));
    for (StoredExamples examples : splits.values()) {
      digest.add(examples.size());
      for (int i = 0; i < examples.size(); i++) {
        digest.add(examples.label(i));
        examples.digest(i, digest);
      }
    }
    return digest.hex();
  }
}
