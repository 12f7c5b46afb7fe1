package org.vqvae.audio.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.wav.Resampler;
import org.vqvae.audio.wav.Sound;
import org.vqvae.audio.wav.WavBytes;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.UnusableFileException;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.testing.DatasetContract;

class WavFolderDatasetTest extends DatasetContract {
  @TempDir Path folder;

  @Override
  protected Dataset open() {
    return open(TinySounds.settings(TinySounds.folder(folder, TinySounds.digits(1))));
  }

  @Override
  protected Dataset openOther() {
    Path other = folder.resolve("other");
    return open(TinySounds.settings(TinySounds.folder(other, TinySounds.digits(7))));
  }

  @Test
  void examples_are_mono_stretches_of_the_sample_rate() {
    DataSpec spec = open().spec();
    assertThat(spec).isEqualTo(Sounds.spec(64, 8000, spec.classes()));
    assertThat(spec.batchShape(16)).containsExactly(16, 64, 1);
  }

  @Test
  void a_file_is_cut_into_consecutive_windows_and_its_tail_filled_up_with_silence()
      throws UnusableFileException {
    // GIVEN the first test file
    Map<String, byte[]> files = TinySounds.digits(1);
    float[] whole = WavReader.parse(files.get("recordings/10_anna_0.wav")).samples();
    // WHEN
    Examples test = open().examples(Split.TEST);
    // THEN
    assertThat(whole).hasSizeBetween(65, 127);
    assertThat(read(test, 0)).containsExactly(Arrays.copyOf(whole, 64));
    assertThat(read(test, 1)).containsExactly(Arrays.copyOfRange(whole, 64, 128));
    assertThat(test.size()).isEqualTo(2 * 8);
  }

  @Test
  void the_tail_s_silence_does_not_count_as_data() throws UnusableFileException {
    // GIVEN a file of one window and a part
    byte[] file = TinySounds.digits(1).get("recordings/10_anna_0.wav");
    int samples = WavReader.parse(file).samples().length;
    Dataset data = open();
    // WHEN
    Batch batch = new Batches(data, Split.TEST, 2, 1).inOrder().iterator().next();
    // THEN
    assertThat(batch.positions()).containsExactly(64, samples - 64);
  }

  @Test
  void training_sees_windows_that_begin_anywhere_the_same_ones_at_each_reading() {
    // GIVEN a sound whose samples tell where they are, and one that fills no window
    int[] counting = IntStream.range(0, 150).map(i -> 100 * i).toArray();
    TinySounds.write(folder.resolve("a_0.wav"), WavBytes.pcm16(8000, 1, counting));
    for (int i = 1; i <= 2; i++) {
      TinySounds.write(folder.resolve("a_" + i + ".wav"), WavBytes.pcm16(8000, 1, new int[80]));
    }
    Dataset data = open(TinySounds.settings(folder, "{name}_{index}.wav", "none", "1-1", "2-2"));
    Set<Float> starts = new HashSet<>();
    for (int step = 0; step < 60; step++) {
      // WHEN
      float[] crop = new Batches(data, Split.TRAIN, 1, 7).shuffled(step).data().data().asFloat();
      float[] again = new Batches(data, Split.TRAIN, 1, 7).shuffled(step).data().data().asFloat();
      // THEN
      assertThat(again).containsExactly(crop);
      assertThat(crop[63] - crop[0]).isEqualTo(6300 / 32768f);
      starts.add(crop[0]);
    }
    assertThat(starts).hasSizeGreaterThan(20).allMatch(start -> start <= 8600 / 32768f);
  }

  @Test
  void a_crop_of_a_sound_that_fills_no_window_is_all_of_it() {
    for (int i = 0; i < 3; i++) {
      TinySounds.write(folder.resolve("a_" + i + ".wav"), TinySounds.noise(8000, 40, i));
    }
    Dataset data = open(TinySounds.settings(folder, "{name}_{index}.wav", "none", "1-1", "2-2"));
    Batch batch = new Batches(data, Split.TRAIN, 1, 7).shuffled(0);
    assertThat(batch.positions()).containsExactly(40);
    assertThat(batch.data().data().asFloat()).containsExactly(read(data.examples(Split.TRAIN), 0));
  }

  @Test
  void names_give_a_class_and_more_fields_with_numbers_in_their_order() {
    // WHEN
    Dataset data = open();
    // THEN
    Field digit = new Field("digit", List.of("7", "10"));
    Field speaker = new Field("speaker", List.of("anna", "theo"));
    assertThat(data.fields()).containsExactly(digit, speaker);
    assertThat(data.spec().classes()).containsExactly("anna", "theo");
    // files in the order of their names: 10_anna_0, 10_anna_1, 10_theo_0, ..., 7_theo_1
    Examples test = data.examples(Split.TEST);
    int[] firstWindows = IntStream.range(0, 8).map(i -> 2 * i).toArray();
    assertThat(Arrays.stream(firstWindows).map(test::label))
        .containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
    assertThat(Arrays.stream(firstWindows).map(i -> test.label(speaker, i)))
        .containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
    assertThat(Arrays.stream(firstWindows).map(i -> test.label(digit, i)))
        .containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
  }

  @Test
  void any_field_or_none_can_be_the_class() {
    TinySounds.folder(folder, TinySounds.digits(1));
    Dataset digits = open(TinySounds.settings(folder, TinySounds.PATTERN, "digit", "3-3", "0-1"));
    Dataset none = open(TinySounds.settings(folder, TinySounds.PATTERN, "none", "3-3", "0-1"));
    assertThat(digits.spec().classes()).containsExactly("7", "10");
    assertThat(none.spec().classes()).isEmpty();
    assertThat(none.examples(Split.TRAIN).label(0)).isEqualTo(-1);
    assertThat(none.fields()).isEqualTo(digits.fields());
  }

  @Test
  void several_fields_can_be_the_class_together() {
    // GIVEN
    TinySounds.folder(folder, TinySounds.digits(1));
    Dataset data =
        open(TinySounds.settings(folder, TinySounds.PATTERN, "digit, speaker", "3-3", "0-1"));
    // THEN
    assertThat(data.spec().classes()).containsExactly("7/anna", "7/theo", "10/anna", "10/theo");
    Examples test = data.examples(Split.TEST);
    assertThat(IntStream.range(0, 8).map(i -> test.label(2 * i)))
        .containsExactly(2, 2, 3, 3, 0, 0, 1, 1);
    // AND the fields are what they were
    assertThat(data.fields()).isEqualTo(open().fields());
    assertThat(test.label(data.fields().get(1), 4)).isEqualTo(1);
  }

  @Test
  void values_that_never_occur_together_are_no_class() {
    for (String name : List.of("b_1_0", "a_1_1", "a_2_2")) {
      TinySounds.write(folder.resolve(name + ".wav"), TinySounds.noise(8000, 64, 1));
    }
    Dataset data = open(TinySounds.settings(folder, "{x}_{y}_{index}.wav", "y,x", "1-1", "2-2"));
    assertThat(data.spec().classes()).containsExactly("1/a", "1/b", "2/a");
    assertThat(data.examples(Split.TEST).label(0)).isEqualTo(2);
  }

  @Test
  void indices_choose_the_splits() {
    Dataset data = open();
    assertThat(sizes(data)).containsExactly(2 * 2 * 4, 2 * 4, 2 * 2 * 4);
  }

  @Test
  void an_index_range_may_go_with_a_fraction_of_the_rest() {
    TinySounds.folder(folder, TinySounds.digits(1));
    // 12 of 20 files are left beside the test files: a quarter of them is 3
    Dataset data = open(TinySounds.settings(folder, TinySounds.PATTERN, "digit", "0.25", "0-1"));
    assertThat(sizes(data)).containsExactly(2 * 9, 2 * 3, 2 * 8);
  }

  @Test
  void sub_folders_are_the_values_of_one_field() {
    for (int i = 0; i < 5; i++) {
      TinySounds.write(folder.resolve("tom/" + i + ".wav"), TinySounds.noise(8000, 64, i));
      TinySounds.write(folder.resolve("ann/deep/" + i + ".WAV"), TinySounds.noise(8000, 64, 9 + i));
    }
    TinySounds.write(folder.resolve("ann/.hidden.wav"), new byte[3]);
    TinySounds.write(folder.resolve("notes.txt"), new byte[3]);
    Dataset data = open(TinySounds.settings(folder, "folders", "speaker", "0.2", "0.2"));
    assertThat(data.spec().classes()).containsExactly("ann", "tom");
    assertThat(data.fields()).containsExactly(new Field("speaker", List.of("ann", "tom")));
    assertThat(sizes(data)).containsExactly(6, 2, 2);
  }

  @Test
  void a_folder_without_sub_folders_has_no_classes_and_no_fields() {
    for (int i = 0; i < 3; i++) {
      TinySounds.write(folder.resolve(i + ".wav"), TinySounds.noise(8000, 64, i));
    }
    Dataset data = open(TinySounds.settings(folder, "folders", "speaker", "0.2", "0.2"));
    assertThat(data.spec().classes()).isEmpty();
    assertThat(data.fields()).isEmpty();
    assertThat(data.examples(Split.TRAIN).label(0)).isEqualTo(-1);
  }

  @Test
  void a_pattern_may_cover_folders() {
    for (int i = 0; i < 3; i++) {
      TinySounds.write(folder.resolve("en/kim/part1/" + i + ".wav"), TinySounds.noise(8000, 64, i));
    }
    Dataset data =
        open(
            TinySounds.settings(
                folder, "{speaker}/part{part}/{index}.wav", "speaker", "1-1", "2-2"));
    assertThat(data.spec().classes()).containsExactly("kim");
    assertThat(sizes(data)).containsExactly(1, 1, 1);
  }

  @Test
  void rates_and_channels_may_be_mixed() throws UnusableFileException {
    // GIVEN
    byte[] fast = TinySounds.noise(48000, 600, 1);
    byte[] slow = TinySounds.noise(4000, 40, 2);
    TinySounds.write(folder.resolve("a_0.wav"), fast);
    TinySounds.write(folder.resolve("a_1.wav"), slow);
    TinySounds.write(folder.resolve("a_2.wav"), WavBytes.pcm16(8000, 2, new int[200]));
    // WHEN
    Dataset data = open(TinySounds.settings(folder, "{name}_{index}.wav", "none", "1-1", "2-2"));
    // THEN 600 samples at 48 kHz are 100 at 8 kHz, and 40 at 4 kHz are 80
    assertThat(sizes(data)).containsExactly(2, 2, 2);
    Sound source = WavReader.parse(fast);
    float[] expected = new Resampler(48000, 8000).apply(source.samples());
    float[] found = read(data.examples(Split.TRAIN), 0);
    for (int i = 0; i < 64; i++) {
      float inRange = Math.max(-1, Math.min(32767 / 32768f, expected[i]));
      assertThat(Math.abs(found[i] - inRange)).isLessThanOrEqualTo(0.5f / 32768 + 1e-7f);
    }
  }

  @Test
  void another_label_is_another_fingerprint() {
    TinySounds.folder(folder, TinySounds.digits(1));
    Dataset digits = open(TinySounds.settings(folder, TinySounds.PATTERN, "digit", "3-3", "0-1"));
    assertThat(digits.fingerprint()).isNotEqualTo(open().fingerprint());
  }

  private static Dataset open(WavSettings settings) {
    return new WavFolderDataset(settings, Workers.caller());
  }

  private static int[] sizes(Dataset data) {
    return Arrays.stream(Split.values()).mapToInt(split -> data.examples(split).size()).toArray();
  }

  private static float[] read(Examples examples, int index) {
    float[] values = new float[64];
    examples.read(index, values, 0);
    return values;
  }
}
