package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.image.data.TinyFiles.encoded;
import static org.vqvae.image.data.TinyFiles.picture;
import static org.vqvae.image.data.TinyFiles.read;
import static org.vqvae.image.data.TinyFiles.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.data.DataException;
import org.vqvae.core.kernel.Workers;

class BadPicturesTest {
  private static final String ONE_OF_TEN =
      "{dir}: 1 of 10 pictures cannot be used:\n  %s: %s\nRepair or remove these files.";
  private static final String DAMAGED =
      "is damaged, cut off, or a kind of %s that Java cannot read (such as CMYK)";

  @TempDir Path temp;

  @ParameterizedTest
  @MethodSource
  void each_is_reported_with_what_is_wrong_and_what_to_do(BadFile bad) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("pictures"));
    bad.spoil().accept(folder);
    assertThatThrownBy(
            () ->
                new ImageFolderDataset(
                    new ImageFolderDataset.Settings(folder, 8, 0.2, 0.1), Workers.caller()))
        .isInstanceOf(DataException.class)
        .hasMessage(bad.messageFor(folder));
  }

  static Stream<BadFile> each_is_reported_with_what_is_wrong_and_what_to_do() {
    return Stream.of(
        new BadFile(
            "an empty folder",
            dir -> {},
            "{dir}: holds no pictures: 0 of 0 files end in .png, .jpg or .jpeg. Set data.path."),
        new BadFile(
            "other files only",
            dir -> write(dir.resolve("a/film.gif"), new byte[9]),
            "{dir}: holds no pictures: 0 of 1 files end in .png, .jpg or .jpeg. Set data.path."),
        new BadFile(
            "too few for three splits",
            dir -> {
              write(dir.resolve("1.png"), encoded("png", picture(9, 9, 1)));
              write(dir.resolve("2.png"), encoded("png", picture(9, 9, 2)));
            },
            "{dir}: has 2 pictures, too few for three splits: 1 for validation and 1 for testing"
                + " leave none to train on. Add pictures, or lower data.validation and data.test."),
        spoilt(
            "pictures beside the classes",
            dir -> write(dir.resolve("loose.png"), encoded("png", picture(9, 9, 1))),
            "{dir}: has 1 pictures beside its sub-folders, such as loose.png, but sub-folders are"
                + " classes. Put all pictures into sub-folders, or all into one folder."),
        spoilt(
            "a class without pictures",
            dir -> write(dir.resolve("emus/notes.txt"), new byte[9]),
            "{dir}/emus: is a class without pictures. Remove it or put pictures into it."),
        png("zero bytes", whole -> new byte[0], "is empty (0 bytes)"),
        png(
            "a PNG that is not one",
            whole -> "<html>404".getBytes(StandardCharsets.UTF_8),
            "is neither PNG nor JPEG (it begins with 0x3c68746d6c3e3430)"),
        png(
            "a GIF named .png",
            whole -> encoded("gif", picture(9, 9, 1)),
            "is neither PNG nor JPEG (it begins with 0x4749463839610900)"),
        png(
            "nothing but the signature",
            whole -> Arrays.copyOf(whole, 8),
            DAMAGED.formatted("PNG")),
        png(
            "cut off in its pixels",
            whole -> Arrays.copyOf(whole, whole.length / 2),
            DAMAGED.formatted("PNG")),
        png("damaged pixels", whole -> damaged(whole, 60), DAMAGED.formatted("PNG")),
        png(
            "a header that promises a huge picture",
            whole -> sized(whole, 60_000, 60_000),
            "is 60000x60000, but at most 64000000 pixels are read"),
        png(
            "a header that promises an impossible picture",
            whole -> sized(whole, -1, 9),
            DAMAGED.formatted("PNG")),
        png(
            "too small",
            whole -> encoded("png", picture(30, 7, 1)),
            "is 30x7, but data.size = 8 needs at least 8 pixels each way"),
        jpeg("zero bytes", whole -> new byte[0], "is empty (0 bytes)"),
        jpeg(
            "nothing but the signature",
            whole -> Arrays.copyOf(whole, 3),
            DAMAGED.formatted("JPEG")),
        jpeg(
            "cut off in its pixels",
            whole -> Arrays.copyOf(whole, whole.length - 50),
            DAMAGED.formatted("JPEG")),
        jpeg("damaged tables", whole -> damaged(whole, 20), DAMAGED.formatted("JPEG")),
        jpeg(
            "damaged pixels",
            whole -> damaged(whole, whole.length - 100),
            DAMAGED.formatted("JPEG")),
        jpeg(
            "too small",
            whole -> encoded("jpeg", picture(5, 7, 1)),
            "is 5x7, but data.size = 8 needs at least 8 pixels each way"),
        new BadFile(
            "many at once",
            dir -> {
              for (int i = 0; i < 13; i++) {
                write(dir.resolve("%02d.png".formatted(i)), new byte[i % 2]);
              }
            },
            """
            {dir}: 13 of 13 pictures cannot be used:
              00.png: is empty (0 bytes)
              01.png: is neither PNG nor JPEG (it begins with 0x00)
              02.png: is empty (0 bytes)
              03.png: is neither PNG nor JPEG (it begins with 0x00)
              04.png: is empty (0 bytes)
              05.png: is neither PNG nor JPEG (it begins with 0x00)
              06.png: is empty (0 bytes)
              07.png: is neither PNG nor JPEG (it begins with 0x00)
              08.png: is empty (0 bytes)
              09.png: is neither PNG nor JPEG (it begins with 0x00)
              and 3 more
            Repair or remove these files.\
            """));
  }

  private static BadFile spoilt(String name, Consumer<Path> spoil, String message) {
    return new BadFile(
        name,
        dir -> {
          TinyFiles.pictures(dir, 1);
          spoil.accept(dir);
        },
        message);
  }

  private static BadFile png(String name, UnaryOperator<byte[]> change, String message) {
    return in("cats/cat3.png", name, change, message);
  }

  private static BadFile jpeg(String name, UnaryOperator<byte[]> change, String message) {
    return in("dogs/dog3.JPG", name, change, message);
  }

  private static BadFile in(
      String file, String name, UnaryOperator<byte[]> change, String message) {
    return spoilt(
        file + ": " + name,
        dir -> write(dir.resolve(file), change.apply(read(dir.resolve(file)))),
        ONE_OF_TEN.formatted(file, message));
  }

  private static byte[] damaged(byte[] whole, int from) {
    byte[] changed = whole.clone();
    Arrays.fill(changed, from, from + 40, (byte) 0xff);
    return changed;
  }

  /** The PNG with another width and height in its header, whose checksum is right. */
  private static byte[] sized(byte[] png, int width, int height) {
    byte[] changed = png.clone();
    ByteBuffer buffer = ByteBuffer.wrap(changed).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(changed, 12, 17);
    buffer.putInt(29, (int) crc.getValue());
    return changed;
  }
}
