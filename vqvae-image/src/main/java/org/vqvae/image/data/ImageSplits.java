package org.vqvae.image.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;

/**
 * Three splits of stored pictures: what every data set of this package is once its files have been
 * read.
 */
final class ImageSplits implements Dataset {
  private final DataSpec spec;
  private final Map<Split, StoredImages> splits = new EnumMap<>(Split.class);
  private final String fingerprint;

  ImageSplits(
      int size,
      int channels,
      List<String> classes,
      StoredImages train,
      StoredImages validation,
      StoredImages test) {
    this.spec = new DataSpec(DataSpec.Medium.IMAGE, new Grid(size, size), channels, classes);
    splits.put(Split.TRAIN, train);
    splits.put(Split.VALIDATION, validation);
    splits.put(Split.TEST, test);
    this.fingerprint = digest();
  }

  @Override
  public DataSpec spec() {
    return spec;
  }

  @Override
  public Examples examples(Split split) {
    return splits.get(split);
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  /** SHA-256 of the form, and of the sizes, labels and bytes of the splits. */
  private String digest() {
    MessageDigest digest = sha256();
    digest.update(
        (spec.grid() + "x" + spec.channels() + spec.classes()).getBytes(StandardCharsets.UTF_8));
    splits.values().forEach(images -> update(digest, images));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, StoredImages images) {
    digest.update(ByteBuffer.allocate(4).putInt(images.size()).array());
    for (int i = 0; i < images.size(); i++) {
      digest.update(ByteBuffer.allocate(4).putInt(images.label(i)).array());
      digest.update(images.bytes(i));
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
