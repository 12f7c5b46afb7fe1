package org.vqvae.image.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.vqvae.core.random.RandomStream;

/** Small data files that are sound, for tests to read or to spoil. */
final class TinyFiles {

  private TinyFiles() {}

  /** 20 training and 6 test pictures of 5x4 pixels, of ten classes. */
  static Path idx(Path folder, long seed) {
    write(folder.resolve("train-images-idx3-ubyte"), idxPictures(20, 5, 4, seed));
    write(folder.resolve("train-labels-idx1-ubyte"), idxLabels(20));
    write(folder.resolve("t10k-images-idx3-ubyte"), idxPictures(6, 5, 4, seed + 1));
    write(folder.resolve("t10k-labels-idx1-ubyte"), idxLabels(6));
    return folder;
  }

  static byte[] idxPictures(int count, int rows, int columns, long seed) {
    byte[] pixels = noise(count * rows * columns, seed);
    return concat(ints(0x803, count, rows, columns), pixels);
  }

  /** Labels 0, 1, 2, ... 9, 0, ... */
  static byte[] idxLabels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return concat(ints(0x801, count), labels);
  }

  /** 12 training pictures in two files and 5 test pictures. */
  static Path cifar10(Path folder, long seed) {
    write(folder.resolve("data_batch_1.bin"), cifar10Records(8, seed));
    write(folder.resolve("data_batch_2.bin"), cifar10Records(4, seed + 1));
    write(folder.resolve("test_batch.bin"), cifar10Records(5, seed + 2));
    return folder;
  }

  /** Records with labels 0, 1, 2, ... 9, 0, ... */
  static byte[] cifar10Records(int count, long seed) {
    byte[] records = noise(count * 3073, seed);
    for (int i = 0; i < count; i++) {
      records[i * 3073] = (byte) (i % 10);
    }
    return records;
  }

  /** Ten pictures in two classes, PNG and JPEG, of several sizes of at least 8x8. */
  static Path pictures(Path folder, long seed) {
    for (int i = 0; i < 5; i++) {
      write(folder.resolve("cats/cat" + i + ".png"), encoded("png", picture(8 + i, 12, seed + i)));
      write(
          folder.resolve("dogs/dog" + i + ".JPG"),
          encoded("jpeg", picture(20, 9 + i, seed + 10 + i)));
    }
    return folder;
  }

  /** A coloured picture: noise, and so hard to compress. */
  static BufferedImage picture(int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    RandomStream random = RandomStream.of(seed, "picture");
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, (int) random.nextLong() & 0xffffff);
    }
    return image;
  }

  static byte[] encoded(String format, BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer of " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] noise(int count, long seed) {
    RandomStream random = RandomStream.of(seed, "noise");
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) random.nextLong();
    }
    return bytes;
  }

  static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
