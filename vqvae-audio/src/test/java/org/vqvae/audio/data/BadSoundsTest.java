package org.vqvae.audio.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.audio.data.TinySounds.digits;
import static org.vqvae.audio.data.TinySounds.noise;
import static org.vqvae.audio.data.TinySounds.settings;
import static org.vqvae.audio.data.TinySounds.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.audio.wav.WavBytes;
import org.vqvae.core.data.DataException;
import org.vqvae.core.kernel.Workers;

/** Bad files among sound ones; what can be wrong within a file is in WavReaderTest. */
class BadSoundsTest {
  private static final String ONE_OF_TWENTY =
      """
      {dir}: 1 of 20 sounds cannot be used:
        recordings/7_theo_1.wav: %s
      Repair or remove these files.\
      """;

  @TempDir Path temp;

  record Bad(String name, Consumer<Path> spoil, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource
  void a_folder_is_reported_with_what_is_wrong_and_what_to_do(Bad bad) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("sounds"));
    bad.spoil.accept(folder);
    assertThatThrownBy(() -> new WavFolderDataset(settings(folder), Workers.caller()))
        .isInstanceOf(DataException.class)
        .hasMessage(bad.message.replace("{dir}", folder.toString()));
  }

  static Stream<Bad> a_folder_is_reported_with_what_is_wrong_and_what_to_do() {
    return Stream.of(
        new Bad(
            "an empty folder",
            dir -> {},
            "{dir}: holds no sounds: 0 of 0 files end in .wav. Set data.path."),
        new Bad(
            "other files only",
            dir -> write(dir.resolve("a/b.mp3"), new byte[9]),
            "{dir}: holds no sounds: 0 of 1 files end in .wav. Set data.path."),
        new Bad(
            "names that do not follow the pattern",
            dir -> {
              TinySounds.folder(dir, digits(1));
              write(dir.resolve("recordings/7_theo_x.wav"), noise(8000, 9, 1));
              write(dir.resolve("noise.wav"), noise(8000, 9, 1));
            },
            "{dir}: 2 of 22 names do not follow data.fields = \"{digit}_{speaker}_{index}.wav\","
                + " such as noise.wav. Set data.fields to the pattern of the names, or remove these"
                + " files."),
        new Bad(
            "no index for testing",
            dir -> {
              write(dir.resolve("1_a_3.wav"), noise(8000, 9, 1));
              write(dir.resolve("1_a_4.wav"), noise(8000, 9, 2));
            },
            "{dir}: no index of a file is within data.test. Set it to indices that there are."),
        new Bad(
            "no index for validation",
            dir -> {
              write(dir.resolve("1_a_0.wav"), noise(8000, 9, 1));
              write(dir.resolve("1_a_4.wav"), noise(8000, 9, 2));
            },
            "{dir}: no index of a file is within data.validation. Set it to indices that there"
                + " are."),
        new Bad(
            "nothing left to train on",
            dir -> {
              write(dir.resolve("1_a_0.wav"), noise(8000, 9, 1));
              write(dir.resolve("1_a_3.wav"), noise(8000, 9, 2));
            },
            "{dir}: has 0 sounds, too few for three splits: 0 for validation and 0 for testing"
                + " leave none to train on. Add sounds, or lower data.validation and data.test."),
        spoilt("zero bytes", whole -> new byte[0], "is empty (0 bytes)"),
        spoilt(
            "cut off",
            whole -> Arrays.copyOf(whole, 100),
            "its \"data\" chunk promises 202 bytes, but only 56 are left"),
        spoilt(
            "no sound",
            whole -> WavBytes.pcm16(8000, 1),
            "holds no sound: its data chunk has 0 bytes"),
        spoilt(
            "a rate of 0",
            whole -> WavBytes.pcm16(0, 1, 1, 2),
            "its header promises 0 samples a second, but 1000 to 384000 is allowed"),
        spoilt(
            "an unknown codec",
            whole -> new WavBytes().format(0x55, 1, 8000, 16).file(),
            "its sound is coded as MP3 (format 85), but only PCM and 32 bit float are read"),
        spoilt(
            "NaN",
            whole -> WavBytes.floats(8000, 0, Float.NaN),
            "sample 1 of channel 0 is NaN, but -1 to +1 is full scale"),
        new Bad(
            "many at once",
            dir -> {
              TinySounds.folder(dir, digits(1));
              for (int i = 20; i < 33; i++) {
                write(dir.resolve("1_a_" + i + ".wav"), new byte[i % 2]);
              }
            },
            """
            {dir}: 13 of 33 sounds cannot be used:
              1_a_20.wav: is empty (0 bytes)
              1_a_21.wav: is not WAV: it should begin with RIFF but begins with 0x00
              1_a_22.wav: is empty (0 bytes)
              1_a_23.wav: is not WAV: it should begin with RIFF but begins with 0x00
              1_a_24.wav: is empty (0 bytes)
              1_a_25.wav: is not WAV: it should begin with RIFF but begins with 0x00
              1_a_26.wav: is empty (0 bytes)
              1_a_27.wav: is not WAV: it should begin with RIFF but begins with 0x00
              1_a_28.wav: is empty (0 bytes)
              1_a_29.wav: is not WAV: it should begin with RIFF but begins with 0x00
              and 3 more
            Repair or remove these files.\
            """));
  }

  private static Bad spoilt(String name, UnaryOperator<byte[]> spoil, String message) {
    return new Bad(
        name,
        dir -> {
          Map<String, byte[]> files = new TreeMap<>(digits(1));
          files.computeIfPresent("recordings/7_theo_1.wav", (file, whole) -> spoil.apply(whole));
          TinySounds.folder(dir, files);
        },
        ONE_OF_TWENTY.formatted(message));
  }

  @Test
  void sounds_beside_class_folders_are_reported() {
    TinySounds.folder(temp, digits(1));
    write(temp.resolve("loose.wav"), noise(8000, 9, 1));
    assertThatThrownBy(
            () ->
                new WavFolderDataset(
                    settings(temp, "folders", "speaker", "0.1", "0.1"), Workers.caller()))
        .hasMessage(
            temp
                + ": has 1 sounds beside its sub-folders, such as loose.wav, but sub-folders are"
                + " classes. Put all sounds into sub-folders, or all into one folder.");
  }

  @Test
  void a_folder_of_a_class_without_sounds_is_reported() throws IOException {
    TinySounds.folder(temp, digits(1));
    Files.createDirectory(temp.resolve("empty"));
    assertThatThrownBy(
            () ->
                new WavFolderDataset(
                    settings(temp, "folders", "speaker", "0.1", "0.1"), Workers.caller()))
        .hasMessage(temp + "/empty: is a class without sounds. Remove it or put sounds into it.");
  }

  @Nested
  class Archives {

    @Test
    void a_file_that_is_no_archive() {
      for (byte[] content :
          new byte[][] {new byte[0], "not a zip".getBytes(UTF_8), new byte[999]}) {
        Path file = write(temp.resolve("a.zip"), content);
        refused(
            file,
            "is not a zip archive, or it is cut off. Download or copy it again, or set data.path.");
      }
    }

    @Test
    void one_that_is_cut_off() throws IOException {
      Path file = TinySounds.zip(temp.resolve("a.zip"), digits(1));
      byte[] whole = Files.readAllBytes(file);
      write(file, Arrays.copyOf(whole, whole.length - 100));
      refused(
          file,
          "is not a zip archive, or it is cut off. Download or copy it again, or set data.path.");
    }

    @Test
    void one_without_sound() {
      Path file = TinySounds.zip(temp.resolve("a.zip"), Map.of("a.txt", new byte[3]));
      refused(file, "holds no sounds: 0 of 1 files end in .wav. Set data.path.");
    }

    @Test
    void a_flipped_bit() throws IOException {
      // GIVEN noise, which deflate stores almost as it is
      Path file = TinySounds.zip(temp.resolve("a.zip"), digits(1));
      byte[] whole = Files.readAllBytes(file);
      whole[150] ^= 1;
      write(file, whole);
      // THEN it is not read as another sound
      assertThatThrownBy(() -> new WavZipDataset(settings(file), Workers.caller()))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              "(?s).*/a.zip: 1 of 20 sounds cannot be used:\n"
                  + "  recordings/10_anna_0.wav: (does not match its checksum|cannot be unpacked),"
                  + " so the archive is damaged\n"
                  + "Repair or remove these files\\.");
    }

    @Test
    void a_folder() {
      refused(temp, "is a folder, but a file is expected. Set data.path to the file.");
    }

    @Test
    void a_missing_file() {
      assertThatThrownBy(
              () -> new WavZipDataset(settings(temp.resolve("no/b.zip")), Workers.caller()))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(temp + "/no/b.zip: no such file. Looked at:\n");
    }

    private void refused(Path file, String message) {
      assertThatThrownBy(() -> new WavZipDataset(settings(file), Workers.caller()))
          .isInstanceOf(DataException.class)
          .hasMessage(file + ": " + message);
    }
  }
}
