package org.vqvae.audio.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.audio.wav.Sound;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Workers;

/**
 * Real data sets are read as their authors describe them. Skipped, with a message, unless the
 * folder that the environment variable VQVAE_DATA names holds them.
 */
class RealDataTest {

  @Test
  void free_spoken_digit_dataset() {
    // WHEN it is cut by its authors' split, in windows that hold each file whole
    Path file = find("fsdd/fsdd.zip");
    Dataset data = new WavZipDataset(settings(file, 18_262, "5-9", "0-4"), Workers.caller());
    // THEN
    assertThat(data.examples(Split.TRAIN).size()).isEqualTo(2_400);
    assertThat(data.examples(Split.VALIDATION).size()).isEqualTo(300);
    assertThat(data.examples(Split.TEST).size()).isEqualTo(300);
    Field digit = new Field("digit", List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    List<String> speakers = List.of("george", "jackson", "lucas", "nicolas", "theo", "yweweler");
    assertThat(data.fields()).containsExactly(digit, new Field("speaker", speakers));
    assertThat(data.spec().classes()).isEqualTo(speakers);
    Examples test = data.examples(Split.TEST);
    int[][] counts = new int[10][6];
    for (int i = 0; i < test.size(); i++) {
      counts[test.label(digit, i)][test.label(i)]++;
    }
    assertThat(List.of(counts)).allSatisfy(row -> assertThat(row).containsOnly(5));
  }

  @Test
  void speech_of_22_khz_is_resampled() {
    // WHEN
    Path folder = find("speech");
    Dataset data = new WavFolderDataset(settings(folder, 4_096, "0.1", "0.1"), Workers.caller());
    // THEN 79.5 s at 8 kHz are in all windows together
    int windows = 0;
    for (Split split : Split.values()) {
      windows += data.examples(split).size();
    }
    assertThat(windows * 4_096 / 8_000.0).isBetween(79.5, 79.5 + 12 * 4_096 / 8_000.0);
    assertThat(data.spec().classes()).isEmpty();
  }

  @Test
  void music_of_48_khz_is_read() {
    Sound music = WavReader.read(find("music").resolve("gc.wav"));
    assertThat(music.sampleRate()).isEqualTo(48_000);
    assertThat(music.seconds()).isBetween(25.95, 26.05);
  }

  private static WavSettings settings(Path path, int length, String validation, String test) {
    boolean named = path.toString().endsWith("fsdd.zip");
    Naming naming =
        named
            ? NamePattern.parse("{digit}_{speaker}_{index}.wav").orElseThrow()
            : new Naming.Folders("speaker");
    return new WavSettings(
        path,
        8_000,
        length,
        naming,
        "speaker",
        SplitRule.parse(validation).orElseThrow(),
        SplitRule.parse(test).orElseThrow());
  }

  private static Path find(String name) {
    String home = System.getenv("VQVAE_DATA");
    if (home == null) {
      return abort("skipped: set VQVAE_DATA to the folder that holds " + name);
    }
    Path path = Path.of(home).resolve(name);
    return Files.exists(path) ? path : abort("skipped: VQVAE_DATA has no " + path);
  }
}
