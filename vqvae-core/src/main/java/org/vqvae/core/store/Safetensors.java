package org.vqvae.core.store;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Named arrays in a file of the <a href="https://huggingface.co/docs/safetensors">safetensors</a>
 * format: eight bytes that give the header's length, a JSON header, and the raw tensors. Reading
 * checks everything that the header says against the file before an array is made, and instantiates
 * nothing that a file names.
 */
public final class Safetensors {

  private Safetensors() {}

  /** What a file holds: arrays in the file's order and free texts about them. */
  public record Contents(Map<String, INDArray> arrays, Map<String, String> metadata) {}

  public static void write(Path file, Map<String, INDArray> arrays) {
    write(file, arrays, Map.of());
  }

  /** Writes all or nothing; an array need not be dense. */
  public static void write(Path file, Map<String, INDArray> arrays, Map<String, String> metadata) {
    SafetensorsHeader header = SafetensorsHeader.describe(arrays, metadata);
    AtomicFile.write(
        file,
        channel -> {
          AtomicFile.writeFully(channel, header.encode());
          for (String name : header.tensors().keySet()) {
            ArrayBytes.read(
                requireNonNull(arrays.get(name)), bytes -> AtomicFile.writeFully(channel, bytes));
          }
        });
  }

  /**
   * Reads new arrays, in 'c' order.
   *
   * @throws StoreException if the file is missing, damaged or not of this format
   */
  public static Contents read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsHeader header = SafetensorsHeader.read(channel, file.toString());
      Map<String, INDArray> arrays = new LinkedHashMap<>();
      for (Map.Entry<String, SafetensorsHeader.Tensor> each : header.tensors().entrySet()) {
        arrays.put(each.getKey(), readArray(channel, each.getValue()));
      }
      return new Contents(arrays, header.metadata());
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
  }

  /**
   * The tensors follow each other without a gap (the header was checked), so the channel stands at
   * this one.
   */
  private static INDArray readArray(FileChannel channel, SafetensorsHeader.Tensor tensor)
      throws IOException {
    INDArray array = Nd4j.createUninitialized(tensor.type(), tensor.shape(), 'c');
    ArrayBytes.fill(array, bytes -> readFully(channel, bytes));
    return array;
  }

  static void readFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
  }
}
