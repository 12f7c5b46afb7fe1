package org.vqvae.audio.wav;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.UnusableFileException;

class WavReaderTest {
  private static final long PCM_GUID = 0x0010_0000_0000_0001L;
  private static final long FLOAT_GUID = 0x0010_0000_0000_0003L;

  @TempDir Path folder;

  @Nested
  class Codings {

    @Test
    void eight_bit_is_unsigned() throws UnusableFileException {
      byte[] file =
          new WavBytes()
              .format(1, 1, 8000, 8)
              .chunk("data", new byte[] {0, (byte) 128, (byte) 192, (byte) 255})
              .file();
      assertThat(WavReader.parse(file)).isEqualTo(sound(8000, -1, 0, 0.5f, 127 / 128f));
    }

    @Test
    void sixteen_bit() throws UnusableFileException {
      assertThat(WavReader.parse(WavBytes.pcm16(8000, 1, -32768, 0, 16384, 32767, -1)))
          .isEqualTo(sound(8000, -1, 0, 0.5f, 32767 / 32768f, -1 / 32768f));
    }

    @Test
    void twenty_four_bit() throws UnusableFileException {
      byte[] file =
          new WavBytes()
              .format(1, 1, 96000, 24)
              .data(
                  3,
                  new int[] {-8388608, 0, 4194304, -1, 255},
                  (bytes, x) -> bytes.putShort((short) x).put((byte) (x >> 16)))
              .file();
      assertThat(WavReader.parse(file))
          .isEqualTo(sound(96000, -1, 0, 0.5f, -1 / 8388608f, 255 / 8388608f));
    }

    @Test
    void thirty_two_bit() throws UnusableFileException {
      byte[] file =
          new WavBytes()
              .format(1, 1, 44100, 32)
              .data(4, new int[] {Integer.MIN_VALUE, 1 << 30}, (bytes, x) -> bytes.putInt(x))
              .file();
      assertThat(WavReader.parse(file)).isEqualTo(sound(44100, -1, 0.5f));
    }

    @Test
    void float_beyond_full_scale_is_cut_off() throws UnusableFileException {
      assertThat(WavReader.parse(WavBytes.floats(22050, -0.25f, 1.5f, -3f, 0)))
          .isEqualTo(sound(22050, -0.25f, 1, -1, 0));
    }

    @Test
    void extensible_is_what_its_sub_format_says() throws UnusableFileException {
      byte[] pcm =
          new WavBytes()
              .extensible(PCM_GUID, 1, 8000, 16)
              .data(2, new int[] {16384}, (bytes, x) -> bytes.putShort((short) x))
              .file();
      byte[] floats =
          new WavBytes()
              .extensible(FLOAT_GUID, 1, 8000, 32)
              .data(4, new int[] {1}, (bytes, x) -> bytes.putFloat(0.125f))
              .file();
      assertThat(WavReader.parse(pcm)).isEqualTo(sound(8000, 0.5f));
      assertThat(WavReader.parse(floats)).isEqualTo(sound(8000, 0.125f));
    }

    @Test
    void all_pcm_of_java_s_own_writer_is_read() throws IOException, UnusableFileException {
      for (int bits : new int[] {8, 16, 24, 32}) {
        AudioFormat format = new AudioFormat(11025, bits, 2, bits > 8, false);
        byte[] data = new byte[format.getFrameSize() * 50];
        Arrays.fill(data, (byte) 32);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(
            new AudioInputStream(new ByteArrayInputStream(data), format, 50),
            AudioFileFormat.Type.WAVE,
            out);
        Sound sound = WavReader.parse(out.toByteArray());
        assertThat(sound.sampleRate()).isEqualTo(11025);
        assertThat(sound.samples()).hasSize(50);
        assertThat(sound.samples()[0]).isBetween(bits == 8 ? -0.751f : 0.25f, 0.252f);
      }
    }
  }

  @Nested
  class Layout {

    @Test
    void channels_are_mixed_down_to_their_mean() throws UnusableFileException {
      assertThat(WavReader.parse(WavBytes.pcm16(48000, 2, 16384, 0, -32768, 16384)))
          .isEqualTo(sound(48000, 0.25f, -0.25f));
      assertThat(WavReader.parse(WavBytes.pcm16(48000, 6, 16384, 16384, 16384, 0, 0, 0)))
          .isEqualTo(sound(48000, 0.25f));
    }

    @Test
    void unknown_chunks_and_their_padding_are_passed_over() throws UnusableFileException {
      byte[] file =
          new WavBytes()
              .chunk("JUNK", new byte[7])
              .format(1, 1, 8000, 16)
              .chunk("LIST", new byte[12])
              .chunk("fact", new byte[1])
              .chunk("data", new byte[] {0, 64})
              .chunk("id3 ", 500, new byte[3])
              .file();
      assertThat(WavReader.parse(file)).isEqualTo(sound(8000, 0.5f));
    }

    /** Programs that write to a pipe leave the file's size at 0 or at its limit. */
    @ParameterizedTest
    @ValueSource(ints = {0, 12, -1})
    void a_wrong_size_of_the_whole_file_does_not_matter(int size) throws UnusableFileException {
      byte[] file = WavBytes.pcm16(8000, 1, 16384, -16384);
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, size);
      assertThat(WavReader.parse(file)).isEqualTo(sound(8000, 0.5f, -0.5f));
    }

    @Test
    void a_data_chunk_of_odd_size_needs_no_padding_at_the_end() throws UnusableFileException {
      byte[] file = new WavBytes().format(1, 1, 8000, 8).chunk("data", new byte[] {0, 0, 0}).file();
      assertThat(WavReader.parse(Arrays.copyOf(file, file.length - 1)).samples()).hasSize(3);
    }

    @Test
    void what_was_written_is_read_back_to_the_nearest_of_65536_levels() {
      // GIVEN
      float[] samples = {0, 0.5f, -1, 1, -0.3f, 2};
      Path file = folder.resolve("new/folder/a.wav");
      // WHEN
      WavWriter.write(file, new Sound(16000, samples));
      // THEN
      float loudest = 32767 / 32768f;
      assertThat(WavReader.read(file))
          .isEqualTo(sound(16000, 0, 0.5f, -1, loudest, -9830 / 32768f, loudest));
      assertThat(file.getParent().toFile().list()).containsExactly("a.wav");
    }

    @Test
    void a_sample_that_is_no_number_is_not_written() {
      Path file = folder.resolve("a.wav");
      assertThatThrownBy(() -> WavWriter.write(file, sound(8000, Float.NaN)))
          .hasMessage("a sample is NaN");
      assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_file_is_named_in_its_message() throws IOException {
      Path file = Files.write(folder.resolve("a.wav"), new byte[0]);
      assertThatThrownBy(() -> WavReader.read(file))
          .isInstanceOf(DataException.class)
          .hasMessage(file + ": is empty (0 bytes). Convert or repair it, or choose another file.");
      assertThatThrownBy(() -> WavReader.read(folder.resolve("b.wav")))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "%s/b.wav: no such file. Convert or repair it, or choose another file."
                  .formatted(folder));
    }
  }

  record Bad(String name, byte[] file, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource
  void each_bad_file_has_its_own_message(Bad bad) {
    assertThatThrownBy(() -> WavReader.parse(bad.file))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage(bad.message);
  }

  static Stream<Bad> each_bad_file_has_its_own_message() {
    byte[] whole = WavBytes.pcm16(8000, 1, 1, 2, 3, 4);
    return Stream.of(
        new Bad("zero bytes", new byte[0], "is empty (0 bytes)"),
        new Bad(
            "three bytes",
            Arrays.copyOf(whole, 3),
            "is not WAV: it should begin with RIFF but begins with 0x524946"),
        new Bad(
            "within its header", Arrays.copyOf(whole, 9), "ends within its header, after 9 bytes"),
        new Bad("within its fmt", Arrays.copyOf(whole, 30), promises("fmt ", 16, 10)),
        new Bad("after its fmt", Arrays.copyOf(whole, 36), "has no data chunk"),
        new Bad("within its data", Arrays.copyOf(whole, 49), promises("data", 8, 5)),
        new Bad(
            "a web page",
            "<!doctype html>".getBytes(UTF_8),
            "is not WAV: it should begin with RIFF but begins with 0x3c21646f"),
        new Bad(
            "big-endian", new WavBytes().file("RIFX", "WAVE"), "is RIFX, but only RIFF is read"),
        new Bad(
            "more than 4 GiB",
            new WavBytes().file("RF64", "WAVE"),
            "is RF64, but only RIFF is read"),
        new Bad(
            "a video",
            new WavBytes().file("RIFF", "AVI "),
            "is RIFF of the form \"AVI \", not WAVE"),
        new Bad("nothing in it", new WavBytes().file(), "has no data chunk"),
        new Bad(
            "data without fmt",
            new WavBytes().chunk("data", new byte[4]).file(),
            "has no fmt chunk before its data chunk"),
        new Bad(
            "a data chunk that lies",
            new WavBytes().format(1, 1, 8000, 16).chunk("data", 1000, new byte[4]).file(),
            promises("data", 1000, 4)),
        new Bad(
            "a data chunk of unknown size",
            new WavBytes().format(1, 1, 8000, 16).chunk("data", -1, new byte[4]).file(),
            promises("data", 4294967295L, 4)),
        new Bad(
            "a chunk that lies",
            new WavBytes().chunk("LIST", Integer.MAX_VALUE, new byte[4]).file(),
            promises("LIST", Integer.MAX_VALUE, 4)),
        new Bad(
            "a name of a chunk that is no text",
            new WavBytes().chunk("\0\1\2\3", 100, new byte[4]).file(),
            promises("????", 100, 4)),
        new Bad(
            "a short fmt",
            new WavBytes().chunk("fmt ", new byte[14]).file(),
            "its fmt chunk has 14 bytes, but at least 16 are needed"),
        new Bad(
            "no sound",
            new WavBytes().format(1, 1, 8000, 16).chunk("data", new byte[0]).file(),
            "holds no sound: its data chunk has 0 bytes"),
        new Bad(
            "half a frame",
            new WavBytes().format(1, 2, 8000, 16).chunk("data", new byte[6]).file(),
            "its data chunk has 6 bytes, which is not a multiple of 4, the size of a frame"),
        format("no channels", 1, 0, 8000, 16, "its header promises 0 channels"),
        format("a rate of 0", 1, 1, 0, 16, rate("0")),
        format("a rate of 999", 1, 1, 999, 16, rate("999")),
        format("a rate of 2^31", 1, 1, Integer.MIN_VALUE, 16, rate("2147483648")),
        format("12 bit", 1, 1, 8000, 12, bits("12 bit PCM")),
        format("0 bit", 1, 1, 8000, 0, bits("0 bit PCM")),
        format("64 bit PCM", 1, 1, 8000, 64, bits("64 bit PCM")),
        format("64 bit float", 3, 1, 8000, 64, bits("64 bit float")),
        format("16 bit float", 3, 1, 8000, 16, bits("16 bit float")),
        format("ADPCM", 2, 1, 8000, 4, coded("Microsoft ADPCM (format 2)")),
        format("A-law", 6, 1, 8000, 8, coded("A-law (format 6)")),
        format("mu-law", 7, 1, 8000, 8, coded("mu-law (format 7)")),
        format("MP3", 0x55, 2, 44100, 0, coded("MP3 (format 85)")),
        format("a codec of nobody", 0x1234, 1, 8000, 16, coded("something unknown (format 4660)")),
        new Bad(
            "an extensible fmt without GUID",
            new WavBytes().format(0xfffe, 1, 8000, 16).file(),
            "its extensible fmt chunk has 16 bytes, but at least 40 are needed"),
        new Bad(
            "an extensible fmt of another GUID",
            new WavBytes().extensible(0x4711_0000_0000_0001L, 1, 8000, 16).file(),
            "its extensible fmt chunk names a format by an unknown GUID"),
        new Bad(
            "an extensible fmt of mu-law",
            new WavBytes().extensible(0x0010_0000_0000_0007L, 1, 8000, 8).file(),
            coded("mu-law (format 7)")),
        new Bad(
            "frames that lie",
            new WavBytes().chunk("fmt ", lyingFrame()).file(),
            "its header promises frames of 5 bytes, but 2 channels of 16 bit make 4"),
        new Bad(
            "NaN",
            WavBytes.floats(8000, 0, Float.NaN),
            "sample 1 of channel 0 is NaN, but -1 to +1 is full scale"),
        new Bad(
            "an infinity",
            WavBytes.floats(8000, Float.NEGATIVE_INFINITY),
            "sample 0 of channel 0 is -Infinity, but -1 to +1 is full scale"),
        new Bad(
            "float that was meant as whole numbers",
            WavBytes.floats(8000, 3, 20000),
            "sample 1 of channel 0 is 20000.0, but -1 to +1 is full scale"));
  }

  private static byte[] lyingFrame() {
    byte[] chunk = WavBytes.formatChunk(1, 2, 8000, 16);
    chunk[12] = 5;
    return chunk;
  }

  private static Bad format(
      String name, int format, int channels, int rate, int bits, String message) {
    return new Bad(
        name,
        new WavBytes().format(format, channels, rate, bits).chunk("data", new byte[8]).file(),
        message);
  }

  private static String promises(String chunk, long promised, int left) {
    return "its \"%s\" chunk promises %d bytes, but only %d are left"
        .formatted(chunk, promised, left);
  }

  private static String rate(String rate) {
    return "its header promises " + rate + " samples a second, but 1000 to 384000 is allowed";
  }

  private static String bits(String what) {
    return "has " + what + ", but PCM of 8, 16, 24 and 32 bit and 32 bit float are read";
  }

  private static String coded(String how) {
    return "its sound is coded as " + how + ", but only PCM and 32 bit float are read";
  }

  private static Sound sound(int rate, float... samples) {
    return new Sound(rate, samples);
  }
}
