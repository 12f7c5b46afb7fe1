package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.image.data.TinyFiles.encoded;
import static org.vqvae.image.data.TinyFiles.picture;
import static org.vqvae.image.data.TinyFiles.write;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.testing.DatasetContract;

class ImageFolderDatasetTest extends DatasetContract {
  @TempDir Path folder;

  @Override
  protected Dataset open() {
    return open(TinyFiles.pictures(folder, 1), 0.2, 0.1);
  }

  @Override
  protected Dataset openOther() {
    return open(TinyFiles.pictures(folder.resolve("other"), 7), 0.2, 0.1);
  }

  @Test
  void sub_folders_are_the_classes() {
    assertThat(open().spec().classes()).containsExactly("cats", "dogs");
  }

  @Test
  void a_folder_without_sub_folders_has_no_classes() {
    IntStream.range(0, 4)
        .forEach(i -> write(folder.resolve(i + ".png"), encoded("png", picture(8, 8, i))));
    Dataset data = open(folder, 0.1, 0.1);
    assertThat(data.spec().classes()).isEmpty();
    assertThat(data.examples(Split.TRAIN).label(0)).isEqualTo(-1);
  }

  @Test
  void deeper_folders_belong_to_their_class_and_hidden_ones_and_other_files_to_none() {
    TinyFiles.pictures(folder, 1);
    write(folder.resolve("cats/2024/may/tom.jpeg"), encoded("jpeg", picture(9, 9, 5)));
    write(folder.resolve(".cache/x.png"), new byte[3]);
    write(folder.resolve("cats/.x.png"), new byte[3]);
    write(folder.resolve("CREDITS.txt"), new byte[3]);
    Dataset data = open(folder, 0.2, 0.1);
    assertThat(data.spec().classes()).containsExactly("cats", "dogs");
    assertThat(sizes(data)).containsExactly(8, 2, 1);
  }

  @Test
  void every_split_has_its_share_and_at_least_one_picture() {
    assertThat(sizes(open())).containsExactly(7, 2, 1);
    assertThat(sizes(open(folder, 0.001, 0.001))).containsExactly(8, 1, 1);
    assertThat(sizes(open(folder, 0.4, 0.4))).containsExactly(2, 4, 4);
  }

  @Test
  void a_picture_keeps_its_split_when_another_folder_holds_the_same_names() {
    // GIVEN two folders with the same names and other pictures
    Map<Split, int[]> one = labels(open());
    Map<Split, int[]> two = labels(openOther());
    // THEN the labels, and so the names, are dealt out alike
    for (Split split : Split.values()) {
      assertThat(two.get(split)).containsExactly(one.get(split));
    }
  }

  @Test
  void a_png_may_be_named_jpg_and_the_other_way_round() {
    TinyFiles.pictures(folder, 1);
    write(folder.resolve("cats/cat0.png"), encoded("jpeg", picture(9, 9, 5)));
    write(folder.resolve("dogs/dog0.JPG"), encoded("png", picture(9, 9, 5)));
    assertThat(sizes(open(folder, 0.2, 0.1))).containsExactly(7, 2, 1);
  }

  private static Dataset open(Path folder, double validation, double test) {
    return new ImageFolderDataset(
        new ImageFolderDataset.Settings(folder, 8, validation, test), Workers.caller());
  }

  private static int[] sizes(Dataset data) {
    return Arrays.stream(Split.values()).mapToInt(split -> data.examples(split).size()).toArray();
  }

  private static Map<Split, int[]> labels(Dataset data) {
    Map<Split, int[]> labels = new TreeMap<>();
    for (Split split : Split.values()) {
      Examples examples = data.examples(split);
      labels.put(split, IntStream.range(0, examples.size()).map(examples::label).toArray());
    }
    return labels;
  }
}
