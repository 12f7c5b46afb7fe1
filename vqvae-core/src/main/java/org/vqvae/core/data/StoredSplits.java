package org.vqvae.core.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vqvae.core.DataSpec;

/** Three splits in memory: what a data set is once its files have been read. */
public final class StoredSplits implements Dataset {
  private final DataSpec spec;
  private final List<Field> fields;
  private final StoredExamples train;
  private final StoredExamples validation;
  private final StoredExamples test;
  private final String fingerprint;

  /** Splits of data without other fields than its classes. */
  public StoredSplits(
      DataSpec spec, StoredExamples train, StoredExamples validation, StoredExamples test) {
    this(spec, Field.classOf(spec), train, validation, test);
  }

  public StoredSplits(
      DataSpec spec,
      List<Field> fields,
      StoredExamples train,
      StoredExamples validation,
      StoredExamples test) {
    this.spec = spec;
    this.fields = List.copyOf(fields);
    this.train = train;
    this.validation = validation;
    this.test = test;
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
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
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
    for (StoredExamples examples : List.of(train, validation, test)) {
      digest.add(examples.size());
      for (int i = 0; i < examples.size(); i++) {
        digest.add(examples.label(i));
        examples.digest(i, digest);
      }
    }
    return digest.hex();
  }
}
