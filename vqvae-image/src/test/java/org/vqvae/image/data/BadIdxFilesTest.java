package org.vqvae.image.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.image.data.TinyFiles.concat;
import static org.vqvae.image.data.TinyFiles.delete;
import static org.vqvae.image.data.TinyFiles.gzip;
import static org.vqvae.image.data.TinyFiles.idxLabels;
import static org.vqvae.image.data.TinyFiles.idxPictures;
import static org.vqvae.image.data.TinyFiles.ints;
import static org.vqvae.image.data.TinyFiles.read;
import static org.vqvae.image.data.TinyFiles.write;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.data.DataException;

class BadIdxFilesTest {
  private static final String PICTURES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final int HUGE = Integer.MAX_VALUE;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource
  void each_is_reported_with_what_is_wrong_and_what_to_do(BadFile bad) {
    TinyFiles.idx(folder, 1);
    bad.spoil().accept(folder);
    IdxDataset.Settings settings =
        new IdxDataset.Settings(folder, 8, 5, List.of("0 1 2 3 4 5 6 7 8 9".split(" ")));
    assertThatThrownBy(() -> new IdxDataset(settings))
        .isInstanceOf(DataException.class)
        .hasMessage(bad.messageFor(folder));
  }

  static Stream<BadFile> each_is_reported_with_what_is_wrong_and_what_to_do() {
    return Stream.of(
        new BadFile(
            "a file is missing",
            dir -> delete(dir.resolve("t10k-labels-idx1-ubyte")),
            "{dir}: has neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz. Put the four"
                + " files of an MNIST-like data set there, or set data.path."),
        pictures(
            "zero bytes", whole -> new byte[0], "is empty (0 bytes). Download or copy it again."),
        labels(
            "zero bytes", whole -> new byte[0], "is empty (0 bytes). Download or copy it again."),
        pictures(
            "one byte",
            whole -> first(whole, 1),
            "ends within its header, after 1 bytes. Download or copy it again."),
        pictures(
            "half a header",
            whole -> first(whole, 11),
            "ends within its header, after 11 bytes. Download or copy it again."),
        pictures(
            "wrong magic",
            whole -> concat("PNG?".getBytes(UTF_8), whole),
            "is not IDX pictures: it should begin with 0x00000803 but begins with 0x504e473f."
                + " Download or copy it again."),
        pictures(
            "labels in place of pictures",
            whole -> idxLabels(20),
            "is not IDX pictures: it should begin with 0x00000803 but begins with 0x00000801, which"
                + " means labels. The files may be swapped: check their names."),
        labels(
            "pictures in place of labels",
            whole -> idxPictures(20, 5, 4, 1),
            "is not IDX labels: it should begin with 0x00000801 but begins with 0x00000803, which"
                + " means pictures. The files may be swapped: check their names."),
        pictures(
            "cut off",
            whole -> first(whole, 100),
            "its header promises 20 pictures of 5x4, 416 bytes in all, but it ends after 100."
                + " Download or copy it again."),
        labels(
            "cut off",
            whole -> first(whole, 15),
            "its header promises 20 labels, 28 bytes in all, but it ends after 15. Download or copy"
                + " it again."),
        pictures(
            "a header that promises two thousand million pictures",
            whole -> concat(ints(0x803, HUGE, 5, 4), new byte[400]),
            "its header promises 2147483647 pictures of 5x4, 42949672956 bytes in all, but it ends"
                + " after 416. Download or copy it again."),
        labels(
            "a header that promises two thousand million labels",
            whole -> concat(ints(0x801, HUGE), new byte[20]),
            "its header promises 2147483647 labels, 2147483655 bytes in all, but it ends after 28."
                + " Download or copy it again."),
        pictures(
            "a negative count",
            whole -> concat(ints(0x803, -5, 5, 4), new byte[400]),
            "its header promises -5 pictures, but at least 1 is needed. Download or copy it"
                + " again."),
        labels(
            "no labels",
            whole -> idxLabels(0),
            "its header promises 0 labels, but at least 1 is needed. Download or copy it again."),
        pictures(
            "pictures of no rows",
            whole -> concat(ints(0x803, 20, 0, 4), new byte[400]),
            "its header promises pictures of 0 rows, but 1 to 4096 is allowed. Download or copy it"
                + " again."),
        pictures(
            "pictures of far too many columns",
            whole -> concat(ints(0x803, 20, 5, HUGE), new byte[400]),
            "its header promises pictures of 2147483647 columns, but 1 to 4096 is allowed. Download"
                + " or copy it again."),
        pictures(
            "too long",
            whole -> concat(whole, new byte[3]),
            "its header promises 416 bytes in all, but it has 419. Download or copy it again."),
        labels(
            "a label out of range",
            whole -> withByte(whole, 8 + 3, 10),
            "label 3 is 10, but there are 10 classes, so 0 to 9 is allowed. Name all classes in"
                + " data.class-names, or repair the file."),
        labels(
            "fewer labels than pictures",
            whole -> idxLabels(19),
            "has 19 labels, but train-images-idx3-ubyte has 20 pictures. Put two files that belong"
                + " together into the folder."),
        packed(
            "named .gz but not gzip",
            whole -> whole,
            "is named .gz but is not gzip: it should begin with 0x1f8b but begins with 0x0000. If"
                + " it is unpacked already, rename it without .gz; otherwise download it again."),
        packed(
            "gzip that is cut off in its header",
            whole -> first(gzip(whole), 5),
            "the gzip data is cut off after 0 unpacked bytes. Download or copy it again."),
        packed(
            "gzip with a damaged checksum",
            whole ->
                withByte(
                    gzip(whole), gzip(whole).length - 8, gzip(whole)[gzip(whole).length - 8] ^ 1),
            "the gzip data is damaged. Download or copy it again."),
        packed(
            "gzip that is sound around a file that is cut off",
            whole -> gzip(first(whole, 100)),
            "its header promises 20 pictures of 5x4, 416 bytes in all, but it ends after 100."
                + " Download or copy it again."),
        pictures(
            "larger than size",
            whole -> idxPictures(20, 9, 4, 1),
            "has pictures of 9x4, but data.size = 8. Set data.size to at least 9; pictures are"
                + " padded, never shrunk.",
            dir -> write(dir.resolve("t10k-images-idx3-ubyte"), idxPictures(6, 9, 4, 1))),
        new BadFile(
            "test pictures of another size",
            dir -> write(dir.resolve("t10k-images-idx3-ubyte"), idxPictures(6, 4, 4, 1)),
            "{dir}/t10k-images-idx3-ubyte: has pictures of 4x4, but those of"
                + " train-images-idx3-ubyte are 5x4. Put the four files of one data set into the"
                + " folder."),
        new BadFile(
            "nothing left to train on",
            dir -> {
              write(dir.resolve(PICTURES), idxPictures(5, 5, 4, 1));
              write(dir.resolve(LABELS), idxLabels(5));
            },
            "{dir}/train-images-idx3-ubyte: data.validation = 5 leaves nothing to train on, as"
                + " there are 5 training pictures. Set data.validation to less than 5."));
  }

  private static BadFile pictures(String name, UnaryOperator<byte[]> spoil, String message) {
    return bad(PICTURES, name, spoil, message);
  }

  private static BadFile pictures(
      String name,
      UnaryOperator<byte[]> spoil,
      String message,
      java.util.function.Consumer<Path> also) {
    BadFile bad = bad(PICTURES, name, spoil, message);
    return new BadFile(bad.name(), bad.spoil().andThen(also), bad.message());
  }

  private static BadFile labels(String name, UnaryOperator<byte[]> spoil, String message) {
    return bad(LABELS, name, spoil, message);
  }

  private static BadFile bad(
      String file, String name, UnaryOperator<byte[]> spoil, String message) {
    return new BadFile(
        file + ": " + name,
        dir -> write(dir.resolve(file), spoil.apply(read(dir.resolve(file)))),
        "{dir}/" + file + ": " + message);
  }

  private static BadFile packed(String name, UnaryOperator<byte[]> pack, String message) {
    return new BadFile(
        name,
        dir -> {
          write(dir.resolve(PICTURES + ".gz"), pack.apply(read(dir.resolve(PICTURES))));
          delete(dir.resolve(PICTURES));
        },
        "{dir}/" + PICTURES + ".gz: " + message);
  }

  private static byte[] first(byte[] whole, int count) {
    return Arrays.copyOf(whole, count);
  }

  private static byte[] withByte(byte[] whole, int index, int value) {
    byte[] changed = whole.clone();
    changed[index] = (byte) value;
    return changed;
  }
}
