package org.vqvae.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.audio.Sounds;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Example;

class SoundFilesTest {
  private static final DataSpec SOUND = Sounds.spec(64, 8000, List.of());

  @TempDir Path folder;

  private final SoundFiles files = new SoundFiles();

  private static float[] sine(int length, int sampleRate) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 300 * i / sampleRate));
    }
    return samples;
  }

  @Test
  void a_sound_keeps_its_length_and_comes_back_as_it_was_to_16_bits() {
    // Given a sound of another length than examples
    Example sound = new Example(SOUND.withGrid(new Grid(1001)), sine(1001, 8000));
    Path file = folder.resolve("new/a.wav");
    // When it is written and read
    files.write(sound, file);
    Example read = files.read(file, SOUND);
    // Then
    assertThat(read.spec()).isEqualTo(sound.spec());
    assertThat(read.values()).containsExactly(sound.values(), within(0.5f / 32768));
  }

  @Test
  void another_rate_becomes_the_autoencoder_s() {
    Path file = folder.resolve("fast.wav");
    WavWriter.write(file, new Sound(24_000, sine(24_000, 24_000)));
    Example read = files.read(file, SOUND);
    assertThat(read.spec()).isEqualTo(SOUND.withGrid(new Grid(8000)));
    float[] expected = sine(8000, 8000);
    for (int i = 1000; i < 7000; i++) {
      assertThat(read.values()[i]).isCloseTo(expected[i], within(1e-3f));
    }
  }

  @Test
  void several_sounds_are_as_many_files() {
    Example one = new Example(SOUND, new float[64]);
    assertThat(files.writeAll(List.of(one, one), folder, "a"))
        .containsExactly(folder.resolve("a-1.wav"), folder.resolve("a-2.wav"))
        .allMatch(Files::exists);
    assertThat(files.writePairs(List.of(one, one), List.of(one, one), folder, "p"))
        .containsExactly(
            folder.resolve("p-1-original.wav"),
            folder.resolve("p-1-reconstruction.wav"),
            folder.resolve("p-2-original.wav"),
            folder.resolve("p-2-reconstruction.wav"))
        .allMatch(Files::exists);
  }

  @Test
  void a_file_too_large_for_the_heap_is_refused_before_it_is_read() throws IOException {
    Path file = folder.resolve("long.wav");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(20L << 20);
    }
    assertThatThrownBy(() -> SoundFiles.checkMemory(file, 100L << 20))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": has 20 MB, and reading it takes up to 120 MB of Java heap, but there are"
                + " 100 MB. Cut it into parts, or give more heap (VQVAE_HEAP).");
    SoundFiles.checkMemory(file, 120L << 20);
  }
}
