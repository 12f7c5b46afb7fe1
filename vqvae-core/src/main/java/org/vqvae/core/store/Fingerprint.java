package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.data.ContentDigest;

/**
 * The identity of a model or a text: the SHA-256 digest of its content, as 64 hexadecimal digits.
 * One changed weight, name or setting is another identity.
 */
public final class Fingerprint {
  private final ContentDigest digest = new ContentDigest();

  private Fingerprint() {}

  /** The identity of a text, such as a resolved config. */
  public static String of(String text) {
    return new Fingerprint().add(text).digest.hex();
  }

  /**
   * The identity of a model.
   *
   * @param architecture the resolved config of its architecture, and nothing that does not change
   *     what it computes
   * @param parameters its arrays by name, in their order
   */
  public static String of(String architecture, Map<String, INDArray> parameters) {
    Fingerprint fingerprint = new Fingerprint().add(architecture);
    parameters.forEach(fingerprint::add);
    return fingerprint.digest.hex();
  }

  /** Lengths come first, so that no two lists of texts read the same. */
  private Fingerprint add(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.add(bytes.length).add(bytes);
    return this;
  }

  private void add(String name, INDArray array) {
    add(name);
    add(array.dataType() + Arrays.toString(array.shape()));
    try {
      ArrayBytes.read(array, digest::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
