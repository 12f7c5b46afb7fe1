package org.vqvae.core.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a network in a {@link Safetensors} file that says which of {@link Formats} it
 * has: weights of an autoencoder or a prior, and the best of a stage so far.
 */
public final class WeightsFile {
  private static final String FORMAT = "format";

  private WeightsFile() {}

  /**
   * Writes all or nothing.
   *
   * @param metadata free texts about the arrays; {@code format} is taken
   */
  public static void write(Path file, Map<String, INDArray> arrays, Map<String, String> metadata) {
    Map<String, String> all = new TreeMap<>(metadata);
    if (all.put(FORMAT, Integer.toString(Formats.CURRENT)) != null) {
      throw new IllegalArgumentException("metadata cannot be called \"" + FORMAT + "\"");
    }
    Safetensors.write(file, arrays, all);
  }

  /**
   * Reads new arrays, and the metadata without the format.
   *
   * @throws StoreException if the file is missing, damaged or of another format
   */
  public static Safetensors.Contents read(Path file) {
    Safetensors.Contents contents = Safetensors.read(file);
    Map<String, String> metadata = new TreeMap<>(contents.metadata());
    String format = metadata.getOrDefault(FORMAT, "1");
    if (metadata.isEmpty() || !format.matches("\\d{1,9}")) {
      throw new StoreException(
          file + ": its metadata is not that of weights that this program wrote; use such a file");
    }
    Formats.check(file, Long.parseLong(format));
    metadata.remove(FORMAT);
    return new Safetensors.Contents(contents.arrays(), metadata);
  }
}
