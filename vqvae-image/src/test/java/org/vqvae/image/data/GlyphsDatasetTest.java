package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.testing.DatasetContract;

class GlyphsDatasetTest extends DatasetContract {

  @Override
  protected Dataset open() {
    return glyphs(200, 32, 1);
  }

  @Override
  protected Dataset openOther() {
    return glyphs(200, 32, 2);
  }

  @Test
  void they_are_coloured_squares_in_ten_classes() {
    assertThat(open().spec().batchShape(16)).containsExactly(16, 32, 32, 3);
    assertThat(open().spec().classes())
        .containsExactly("A", "K", "R", "S", "2", "4", "8", "heart", "star", "moon");
  }

  @Test
  void every_class_is_as_frequent_as_any_other() {
    int[] counts = new int[10];
    Examples train = open().examples(Split.TRAIN);
    for (int i = 0; i < train.size(); i++) {
      counts[train.label(i)]++;
    }
    assertThat(counts).containsOnly(20);
  }

  @Test
  void asking_for_more_pictures_changes_none() {
    Examples few = glyphs(30, 32, 1).examples(Split.TRAIN);
    Examples many = glyphs(60, 32, 1).examples(Split.TRAIN);
    for (int i = 0; i < 30; i++) {
      assertThat(read(few, i, 32)).containsExactly(read(many, i, 32));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 28, 64})
  void a_picture_may_have_another_size(int size) {
    Dataset data = glyphs(3, size, 1);
    assertThat(data.spec().values()).isEqualTo(size * size * 3);
    assertThat(read(data.examples(Split.TEST), 0, size)).isNotEmpty();
  }

  @Test
  void every_glyph_stands_out_from_its_background() {
    Examples train = open().examples(Split.TRAIN);
    for (int i = 0; i < train.size(); i++) {
      float[] picture = read(train, i, 32);
      float[] sorted = picture.clone();
      Arrays.sort(sorted);
      // the spread of a background alone, texture and gradient included, is below 0.25 in most
      // channels
      assertThat(sorted[sorted.length - 60] - sorted[60])
          .as("contrast of picture %d", i)
          .isGreaterThan(0.3f);
    }
  }

  private static Dataset glyphs(int train, int size, int seed) {
    return new GlyphsDataset(
        new GlyphsDataset.Settings(train, 40, 50, size, seed), Workers.caller());
  }

  private static float[] read(Examples examples, int index, int size) {
    float[] picture = new float[size * size * 3];
    examples.read(index, picture, 0);
    return picture;
  }
}
