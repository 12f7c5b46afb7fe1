package org.vqvae.image.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vqvae.core.data.DataException;

/**
 * Reads the IDX format of the MNIST family: a big-endian magic number and sizes, then unsigned
 * bytes.
 *
 * <p>Format: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section
 * "File formats".
 */
final class IdxFile {
  private static final int PICTURES = 0x803;
  private static final int LABELS = 0x801;
  private static final int MAX_SIDE = 4096;
  private static final String AGAIN = "Download or copy it again";

  private IdxFile() {}

  /**
   * Grey pictures.
   *
   * @param pictures {@code rows * columns} bytes each, row by row
   */
  record Pictures(int rows, int columns, byte[][] pictures) {

    String size() {
      return rows + "x" + columns;
    }
  }

  static Pictures pictures(Path path) {
    try (DataFile file = DataFile.open(path)) {
      int count = header(file, PICTURES, "pictures", LABELS, "labels");
      int rows = side(file, "rows");
      int columns = side(file, "columns");
      List<byte[]> pictures = new ArrayList<>();
      while (pictures.size() < count) {
        byte[] picture = file.next(rows * columns);
        if (picture.length < rows * columns) {
          throw cutOff(
              file,
              "%d pictures of %dx%d".formatted(count, rows, columns),
              16 + (long) count * rows * columns);
        }
        pictures.add(picture);
      }
      checkEnd(file);
      return new Pictures(rows, columns, pictures.toArray(byte[][]::new));
    }
  }

  /** Labels, each below {@code classes}. */
  static int[] labels(Path path, int classes) {
    try (DataFile file = DataFile.open(path)) {
      int count = header(file, LABELS, "labels", PICTURES, "pictures");
      byte[] bytes = file.next(count);
      if (bytes.length < count) {
        throw cutOff(file, count + " labels", 8L + count);
      }
      checkEnd(file);
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = bytes[i] & 0xff;
        if (labels[i] >= classes) {
          throw file.problem(
              "label %d is %d, but there are %d classes, so 0 to %d is allowed"
                  .formatted(i, labels[i], classes, classes - 1),
              "Name all classes in data.class-names, or repair the file");
        }
      }
      return labels;
    }
  }

  private static int header(
      DataFile file, int magic, String what, int otherMagic, String otherWhat) {
    int found = integer(file);
    if (found != magic) {
      String meaning = found == otherMagic ? ", which means " + otherWhat : "";
      throw file.problem(
          "is not IDX %s: it should begin with 0x%08x but begins with 0x%08x%s"
              .formatted(what, magic, found, meaning),
          found == otherMagic ? "The files may be swapped: check their names" : AGAIN);
    }
    int count = integer(file);
    if (count < 1) {
      throw file.problem(
          "its header promises %d %s, but at least 1 is needed".formatted(count, what), AGAIN);
    }
    return count;
  }

  private static int side(DataFile file, String what) {
    int side = integer(file);
    if (side < 1 || side > MAX_SIDE) {
      throw file.problem(
          "its header promises pictures of %d %s, but 1 to %d is allowed"
              .formatted(side, what, MAX_SIDE),
          AGAIN);
    }
    return side;
  }

  private static int integer(DataFile file) {
    byte[] bytes = file.next(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw file.problem("ends within its header, after " + file.position() + " bytes", AGAIN);
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  private static DataException cutOff(DataFile file, String promised, long expected) {
    return file.problem(
        "its header promises %s, %d bytes in all, but it ends after %d"
            .formatted(promised, expected, file.position()),
        AGAIN);
  }

  private static void checkEnd(DataFile file) {
    long expected = file.position();
    long found = file.length();
    if (found > expected) {
      throw file.problem(
          "its header promises %d bytes in all, but it has %d".formatted(expected, found), AGAIN);
    }
  }
}
