package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.image.data.TinyFiles.gzip;
import static org.vqvae.image.data.TinyFiles.read;
import static org.vqvae.image.data.TinyFiles.write;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.testing.DatasetContract;

class IdxDatasetTest extends DatasetContract {
  private static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  @TempDir Path folder;

  @Override
  protected Dataset open() {
    return idx(TinyFiles.idx(folder, 1), 8, 5);
  }

  @Override
  protected Dataset openOther() {
    return idx(TinyFiles.idx(folder.resolve("other"), 7), 8, 5);
  }

  @Test
  void validation_is_the_end_of_the_training_file() {
    // GIVEN 20 training pictures with labels 0 ... 9, 0 ... 9
    Dataset data = open();
    // THEN
    assertThat(data.examples(Split.TRAIN).size()).isEqualTo(15);
    assertThat(labels(data, Split.VALIDATION)).containsExactly(5, 6, 7, 8, 9);
    assertThat(labels(data, Split.TEST)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void a_byte_b_becomes_b_over_255_minus_one_half() {
    // GIVEN pictures of 1x2 pixels
    write(
        folder.resolve("train-images-idx3-ubyte"),
        TinyFiles.concat(
            TinyFiles.ints(0x803, 2, 1, 2), new byte[] {0, (byte) 255, 51, (byte) 128}));
    write(folder.resolve("train-labels-idx1-ubyte"), TinyFiles.idxLabels(2));
    write(folder.resolve("t10k-images-idx3-ubyte"), TinyFiles.idxPictures(1, 1, 2, 3));
    write(folder.resolve("t10k-labels-idx1-ubyte"), TinyFiles.idxLabels(1));
    // WHEN they are padded to 2x2
    Dataset data = idx(folder, 2, 1);
    // THEN the border, at the bottom, is black
    float[] into = new float[4];
    data.examples(Split.TRAIN).read(0, into, 0);
    assertThat(into).containsExactly(-0.5f, 0.5f, -0.5f, -0.5f);
    data.examples(Split.VALIDATION).read(0, into, 0);
    assertThat(into).containsExactly(51 / 255f - 0.5f, 128 / 255f - 0.5f, -0.5f, -0.5f);
  }

  @Test
  void smaller_pictures_lie_in_the_middle_of_a_black_square() {
    // GIVEN pictures of 5x4 pixels in squares of 8
    float[] into = new float[64];
    open().examples(Split.TRAIN).read(0, into, 0);
    byte[] file = read(folder.resolve("train-images-idx3-ubyte"));
    // THEN there are 1 row above, 2 below, 2 columns on each side
    for (int i = 0; i < 64; i++) {
      int row = i / 8 - 1;
      int column = i % 8 - 2;
      boolean inside = row >= 0 && row < 5 && column >= 0 && column < 4;
      float expected = inside ? (file[16 + row * 4 + column] & 0xff) / 255f - 0.5f : -0.5f;
      assertThat(into[i]).as("row %d, column %d", row, column).isEqualTo(expected);
    }
  }

  @Test
  void gzip_files_with_and_without_gz_in_their_name_give_the_same_data() {
    String plain = open().fingerprint();
    Path packed = folder.resolve("packed");
    Path sniffed = folder.resolve("sniffed");
    for (String name :
        List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
      byte[] bytes = gzip(read(folder.resolve(name + "-ubyte")));
      write(packed.resolve(name + "-ubyte.gz"), bytes);
      write(sniffed.resolve(name + "-ubyte"), bytes);
    }
    assertThat(idx(packed, 8, 5).fingerprint()).isEqualTo(plain);
    assertThat(idx(sniffed, 8, 5).fingerprint()).isEqualTo(plain);
  }

  @Test
  void the_fingerprint_tells_labels_splits_and_names_apart() {
    String before = open().fingerprint();
    assertThat(idx(folder, 8, 6).fingerprint()).isNotEqualTo(before);
    assertThat(idx(folder, 9, 5).fingerprint()).isNotEqualTo(before);
    byte[] labels = read(folder.resolve("train-labels-idx1-ubyte"));
    labels[8] = 9;
    write(folder.resolve("train-labels-idx1-ubyte"), labels);
    assertThat(idx(folder, 8, 5).fingerprint()).isNotEqualTo(before);
  }

  private static Dataset idx(Path folder, int size, int validation) {
    return new IdxDataset(new IdxDataset.Settings(folder, size, validation, DIGITS));
  }

  private static int[] labels(Dataset data, Split split) {
    Examples examples = data.examples(split);
    int[] labels = new int[examples.size()];
    Arrays.setAll(labels, examples::label);
    return labels;
  }
}
