package org.vqvae.core.dl4j;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.store.StoreException;

/**
 * A file of a DL4J network: the zip of DL4J's ModelSerializer, or a configuration's JSON alone.
 *
 * <p>Of a zip, configuration.json and coefficients.bin are read. The others, some of which are
 * serialized Java objects, are never opened.
 */
final class NetworkFile {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int MAX_JSON_BYTES = 1 << 26;

  private final Path file;

  NetworkFile(Path file) {
    this.file = file;
  }

  /** Whether it is a zip, which has weights too. */
  boolean isZip() {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
  }

  /** The configuration's JSON. */
  String json() {
    try {
      if (!isZip()) {
        return text(Files.newInputStream(file));
      }
      try (ZipFile zip = open()) {
        return text(zip.getInputStream(entry(zip, CONFIGURATION)));
      }
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
  }

  private String text(InputStream in) throws IOException {
    try (in) {
      byte[] bytes = in.readNBytes(MAX_JSON_BYTES + 1);
      if (bytes.length > MAX_JSON_BYTES) {
        throw unusable("its configuration is longer than 64 MB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * The weights of a zip, as DL4J lays them out.
   *
   * @param count how many the configuration wants
   */
  INDArray weights(long count) {
    try (ZipFile zip = open();
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(zip.getInputStream(entry(zip, COEFFICIENTS))))) {
      return weights(in, count);
    } catch (EOFException e) {
      throw unusable(COEFFICIENTS + " ends too early");
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
  }

  /** ND4J's format, two buffers: the shape, which follows from the count, and the values. */
  private INDArray weights(DataInputStream in, long count) throws IOException {
    Header shape = Header.read(in);
    if (!shape.type.equals("LONG") || shape.length < 0 || shape.length > 100) {
      throw unusable(COEFFICIENTS + " is not an array of ND4J 1.0.0-M2.1");
    }
    in.skipNBytes(shape.length * Long.BYTES);
    Header values = Header.read(in);
    if (values.length != count) {
      throw unusable(
          "it has %d weights, but its configuration wants %d".formatted(values.length, count));
    }
    return switch (values.type) {
      case "FLOAT" -> floats(in, Math.toIntExact(count));
      case "DOUBLE" -> doubles(in, Math.toIntExact(count));
      default -> throw unusable("its weights are of type " + values.type + ", not FLOAT or DOUBLE");
    };
  }

  private static INDArray floats(DataInputStream in, int count) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return FloatArrays.of(values, count);
  }

  private static INDArray doubles(DataInputStream in, int count) throws IOException {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readDouble();
    }
    return Nd4j.create(values, new long[] {count}, DataType.DOUBLE);
  }

  private record Header(long length, String type) {

    static Header read(DataInputStream in) throws IOException {
      String mode = in.readUTF();
      boolean known = mode.equals("LONG_SHAPE") || mode.equals("MIXED_DATA_TYPES");
      long length = known ? in.readLong() : -1;
      return new Header(length, known ? in.readUTF() : mode);
    }
  }

  private ZipFile open() throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw unusable("the zip is damaged: " + e.getMessage());
    }
  }

  private ZipEntry entry(ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw unusable("the zip has no " + name);
    }
    return entry;
  }

  private IncompatibleException unusable(String reason) {
    return new IncompatibleException(
        "%s: not a saved DL4J network (%s): save it again with ModelSerializer.writeModel of DL4J 1.0.0-M2.1"
            .formatted(file, reason));
  }
}
