package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.audio.wav.Sound;
import org.vqvae.audio.wav.WavBytes;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.audio.wav.WavWriter;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;
import org.vqvae.core.store.CodeFile;
import org.vqvae.core.testing.CommandLineRun;

/** Files in and out: sound, its codes, and other speakers. */
class SoundCommandsTest {
  private static final String EXPERIMENT =
      """
      data      { type = voices, train = 24, validation = 6, test = 6, length = 1024 }
      encoder   { type = strided-conv1d, channels = 8, downsample = 16 }
      quantizer { type = nearest, codebook-size = 16, code-dim = 4, codebook-init = k-means }
      prior     { type = unigram }

      autoencoder    { steps = 10, batch-size = 4, evaluate-every = 10, checkpoint-every = 10, log-every = 5 }
      prior-training { steps = 10, batch-size = 4, evaluate-every = 10, checkpoint-every = 10, log-every = 5 }
      sampling       { count = 2 }
      """;
  private static final String CONDITIONED =
      "decoder { type = wavenet, cycles = 1, layers-per-cycle = 4, channels = 8, skip-channels = 8,"
          + " features = 4, class-conditional = true }\n";
  private static final String ONE_PASS =
      "decoder { type = conv1d, channels = 8, downsample = 16 }\n"
          + "prior { type = wavenet, cycles = 1, layers-per-cycle = 2, channels = 4, skip-channels"
          + " = 4 }\n";

  @TempDir static Path shared;
  @TempDir Path folder;

  /** The run of a decoder that is conditioned on the speaker and draws sample after sample. */
  private static Path conditioned;

  private static Path onePass;

  @BeforeAll
  static void run_once() throws IOException {
    conditioned = run("conditioned", CONDITIONED);
    onePass = run("one-pass", ONE_PASS);
  }

  private static Path run(String name, String decoder) throws IOException {
    Path experiment = Files.writeString(shared.resolve(name + ".conf"), EXPERIMENT + decoder);
    Path path = shared.resolve(name);
    vqvae("run", experiment, "--out", path).worked();
    return path;
  }

  /** A sound of 0.2 s at another rate: 1600 samples at 8 kHz, and a bit. */
  private Path sound() {
    float[] samples = new float[3210];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.4 * Math.sin(0.06 * i) + 0.2 * Math.sin(0.0003 * i * i));
    }
    Path file = folder.resolve("in.wav");
    WavWriter.write(file, new Sound(16_000, samples));
    return file;
  }

  private void assertFails(CommandLineRun command, int code, String message) throws IOException {
    command.failed(code, message);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("out") || name.endsWith(".tmp"));
    }
  }

  @Test
  void a_sound_of_any_length_becomes_codes_and_a_sound_of_that_length() {
    // When
    Path codes = folder.resolve("codes.vqa");
    vqvae("encode", onePass, sound(), codes).worked();
    Path out = folder.resolve("decoded.wav");
    vqvae("decode", onePass, codes, out).worked();
    // Then 101 latents of 16 samples cover 1605 samples at 8 kHz, at 4 bits each
    CodeFile file = CodeFile.read(codes);
    assertThat(file.codes().shape()).isEqualTo(CodeShape.of(new Grid(101), 16));
    assertThat(file.original()).isEqualTo(new Grid(1605));
    assertThat(codes).hasSize(68 + 51);
    assertThat(WavReader.read(out).sampleRate()).isEqualTo(8000);
    assertThat(WavReader.read(out).samples()).hasSize(1605);
  }

  @Test
  void drawing_samples_gives_the_same_bytes_every_time() {
    // Given
    Path codes = folder.resolve("codes.vqa");
    vqvae("encode", conditioned, sound(), codes, "--speaker", speaker(2)).worked();
    assertThat(CodeFile.read(codes).label()).isEqualTo(2);
    // When
    Path one = folder.resolve("one.wav");
    Path two = folder.resolve("two.wav");
    vqvae("decode", conditioned, codes, one).worked();
    vqvae("decode", conditioned, codes, two).worked();
    // Then
    assertThat(two).hasSameBinaryContentAs(one);
    assertThat(WavReader.read(one).samples()).hasSize(1605);
  }

  @Test
  void a_sound_is_converted_to_what_its_codes_are_decoded_to_as_that_speaker() {
    // Given the codes of a sound
    Path codes = folder.resolve("codes.vqa");
    vqvae("encode", conditioned, sound(), codes, "--speaker", speaker(0)).worked();
    Path itself = folder.resolve("itself.wav");
    Path other = folder.resolve("other.wav");
    vqvae("decode", conditioned, codes, itself).worked();
    vqvae("decode", conditioned, codes, other, "--speaker", speaker(3)).worked();
    // When the sound is converted
    Path converted = folder.resolve("converted.wav");
    CommandLineRun cli = vqvae("convert", conditioned, sound(), converted, "--speaker", speaker(3));
    // Then
    assertThat(cli.out()).isEqualTo("converted: " + converted + "\n");
    assertThat(converted).hasSameBinaryContentAs(other);
    assertThat(WavReader.read(other)).isNotEqualTo(WavReader.read(itself));
  }

  @Test
  void sounds_and_test_examples_are_reconstructed() throws IOException {
    Path in = sound();
    Path made = folder.resolve("made");
    vqvae("reconstruct", conditioned, in, "--speaker", speaker(1), "--out", made).worked();
    assertThat(names(made)).containsExactly("in-original.wav", "in-reconstruction.wav", "in.html");
    assertThat(made.resolve("in.html"))
        .content()
        .contains(
            "<h3>in<",
            " dB apart",
            "aria-label=\"Waveform of in, reconstructed\"",
            "alt=\"Log-mel spectrogram of in\"")
        .contains("<audio controls");
    assertThat(WavReader.read(made.resolve("in-original.wav")).samples()).hasSize(1605);
    assertThat(WavReader.read(made.resolve("in-reconstruction.wav")).samples()).hasSize(1605);
    Path examples = folder.resolve("examples");
    CommandLineRun cli = vqvae("reconstruct", conditioned, "--count", 2, "--out", examples);
    assertThat(cli.out())
        .isEqualTo(
            "reconstructions: 5 files in %s, from reconstructions-1-original.wav to reconstructions.html\n"
                .formatted(examples));
    assertThat(names(examples))
        .containsExactly(
            "reconstructions-1-original.wav",
            "reconstructions-1-reconstruction.wav",
            "reconstructions-2-original.wav",
            "reconstructions-2-reconstruction.wav",
            "reconstructions.html");
  }

  @Test
  void samples_are_sounds() throws IOException {
    Path one = folder.resolve("one");
    vqvae("sample", conditioned, "--out", one).worked();
    assertThat(names(one)).containsExactly("unigram-1-1.wav", "unigram-1-2.wav");
    assertThat(WavReader.read(one.resolve("unigram-1-1.wav")).samples()).hasSize(1024);
    Path two = folder.resolve("two");
    vqvae("sample", onePass, "--out", two).worked();
    assertThat(names(two)).containsExactly("wavenet-1-1.wav", "wavenet-1-2.wav");
    assertThat(WavReader.read(two.resolve("wavenet-1-1.wav")).samples()).hasSize(1024);
  }

  @Test
  void samples_are_as_long_as_asked_for() throws IOException {
    // Given models of 1024 samples, 16 a code, one with a WaveNet prior
    Path run = onePass;
    // When sounds of another length are drawn, which ends within a code
    Path longer = folder.resolve("longer");
    Path shorter = folder.resolve("shorter");
    vqvae("sample", run, "--size", 3000, "--out", longer).worked();
    vqvae("sample", run, "--size", 100, "--out", shorter).worked();
    vqvae("sample", conditioned, "--size", 3000, "--speaker", speaker(0), "--out", longer).worked();
    // Then they have it
    assertThat(names(longer))
        .containsExactly(
            "unigram-1-1.wav", "unigram-1-2.wav", "wavenet-1-1.wav", "wavenet-1-2.wav");
    assertThat(WavReader.read(longer.resolve("unigram-1-2.wav")).samples()).hasSize(3000);
    float[] sound = WavReader.read(longer.resolve("wavenet-1-2.wav")).samples();
    assertThat(sound).hasSize(3000);
    assertThat(WavReader.read(shorter.resolve("wavenet-1-1.wav")).samples()).hasSize(100);
    // And go on to the end as they began
    assertThat(energy(sound, 2500, 3000)).isGreaterThan(energy(sound, 0, 500) / 100);
  }

  private static double energy(float[] sound, int from, int to) {
    return IntStream.range(from, to).mapToDouble(i -> sound[i] * sound[i]).sum();
  }

  @Test
  void a_page_has_room_for_twelve() throws IOException {
    Path out = folder.resolve("many");
    vqvae("reconstruct", conditioned, "--count", 14, "--out", out).worked();
    assertThat(names(out)).hasSize(2 * 6 + 1);
    List<Object> line =
        new ArrayList<>(List.of("reconstruct", conditioned, "--speaker", speaker(1)));
    for (int i = 0; i < 14; i++) {
      line.add(Files.copy(sound(), folder.resolve("in" + i + ".wav")));
    }
    line.addAll(List.of("--out", out));
    vqvae(line.toArray()).worked();
    assertThat(out.resolve("reconstructions.html"))
        .content()
        .contains("The first 12 of 14 examples, encoded and decoded.", "<h3>in11<")
        .doesNotContain("<h3>in12<");
  }

  @Test
  void samples_are_of_the_speaker_that_was_asked_for() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    vqvae("sample", conditioned, "--speaker", speaker(0), "--out", one).worked();
    vqvae("sample", conditioned, "--speaker", speaker(4), "--out", two).worked();
    assertThat(Files.readAllBytes(two.resolve("unigram-1-1.wav")))
        .isNotEqualTo(Files.readAllBytes(one.resolve("unigram-1-1.wav")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String speaker(int label) {
    return speakers().get(label);
  }

  private static List<String> speakers() {
    return new org.vqvae.audio.data.VoicesDataset(
            new org.vqvae.audio.data.VoicesDataset.Settings(1, 1, 1, 1024, 1),
            org.vqvae.core.kernel.Workers.caller())
        .spec()
        .classes();
  }

  @Nested
  class Refused_is {

    @Test
    void samples_of_no_size_or_of_a_picture() throws IOException {
      Path out = folder.resolve("out");
      assertFails(
          vqvae("sample", conditioned, "--size", "32x32", "--out", out),
          CommandLineRun.USAGE,
          "this run's examples are of size 1024, so 32x32 can be no size of theirs; give as many"
              + " numbers, with an x between");
      assertFails(
          vqvae("sample", conditioned, "--size", 999_999_999, "--count", 3, "--out", out),
          CommandLineRun.USAGE,
          "3 examples of size 999999999 cannot be drawn at once: ask for 1 or more, of at most"
              + " 33554432 values (samples, or pixels times channels) in all");
      assertThat(vqvae("sample", conditioned, "--count", 0, "--out", out).err())
          .startsWith("0 examples of size 1024 cannot be drawn at once");
      CommandLineRun cli = vqvae("sample", conditioned, "--size", "long", "--out", out);
      assertThat(cli.code()).isEqualTo(CommandLineRun.USAGE);
      assertThat(cli.err())
          .contains(
              "\"long\" is no size; give one of at most 9 digits, such as 16000 for sound, or 32x48"
                  + " for pictures");
      assertThat(out).doesNotExist();
    }

    @Test
    void a_speaker_that_the_model_has_never_heard() throws IOException {
      String message =
          "this model has never seen or heard \"nobody\"; it knows: "
              + String.join(", ", speakers());
      Path codes = folder.resolve("codes.vqa");
      vqvae("encode", conditioned, sound(), codes).worked();
      Path out = folder.resolve("out.wav");
      assertFails(
          vqvae("convert", conditioned, sound(), out, "--speaker", "nobody"),
          CommandLineRun.USAGE,
          message);
      assertFails(
          vqvae("decode", conditioned, codes, out, "--speaker", "nobody"),
          CommandLineRun.USAGE,
          message);
      assertFails(
          vqvae("encode", conditioned, sound(), folder.resolve("out.vqa"), "--speaker", "nobody"),
          CommandLineRun.USAGE,
          message);
      Path made = folder.resolve("out");
      assertFails(
          vqvae("reconstruct", conditioned, sound(), "--out", made, "--speaker", "nobody"),
          CommandLineRun.USAGE,
          message);
      assertFails(
          vqvae("sample", conditioned, "--out", made, "--speaker", "nobody"),
          CommandLineRun.USAGE,
          message);
    }

    @Test
    void a_speaker_of_test_examples_which_have_their_own() throws IOException {
      assertFails(
          vqvae(
              "reconstruct", conditioned, "--out", folder.resolve("out"), "--speaker", speaker(1)),
          CommandLineRun.USAGE,
          "--speaker, --class and --levels are for files, but no files were given: test examples"
              + " have their own classes, and the report shows their levels; give files, or leave"
              + " the option out");
    }

    @Test
    void a_speaker_for_a_decoder_that_is_not_conditioned() throws IOException {
      assertFails(
          vqvae("convert", onePass, sound(), folder.resolve("out.wav"), "--speaker", speaker(1)),
          CommandLineRun.USAGE,
          "this model's decoder is not conditioned on the class or speaker, so it cannot decode as \"%s\"; leave the name out, or train a run with a decoder that is (see class-conditional in: vqvae explain decoder TYPE)"
              .formatted(speaker(1)));
    }

    @Test
    void a_sound_of_nobody_for_a_decoder_that_is_conditioned() throws IOException {
      String message =
          ": the speaker or class is unknown, and this model's decoder is conditioned on it; pass"
              + " --speaker NAME (or --class NAME), one of: "
              + String.join(", ", speakers());
      Path codes = folder.resolve("codes.vqa");
      vqvae("encode", conditioned, sound(), codes).worked();
      assertFails(
          vqvae("decode", conditioned, codes, folder.resolve("out.wav")),
          CommandLineRun.USAGE,
          codes + message);
      Path in = sound();
      assertFails(
          vqvae("reconstruct", conditioned, in, "--out", folder.resolve("out")),
          CommandLineRun.USAGE,
          in + message);
    }

    @Test
    void what_is_no_sound() throws IOException {
      Path picture = Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
      String end = ". Convert or repair it, or choose another file.";
      assertFails(
          vqvae("encode", conditioned, picture, folder.resolve("out.vqa")),
          CommandLineRun.DATA,
          picture + ": is not WAV: it should begin with RIFF but begins with 0x89504e47" + end);
      Path empty = Files.createFile(folder.resolve("empty.wav"));
      assertFails(
          vqvae("convert", conditioned, empty, folder.resolve("out.wav"), "--speaker", speaker(0)),
          CommandLineRun.DATA,
          empty + ": is empty (0 bytes)" + end);
      Path missing = folder.resolve("missing.wav");
      assertFails(
          vqvae("encode", conditioned, missing, folder.resolve("out.vqa")),
          CommandLineRun.DATA,
          missing + ": no such file" + end);
    }

    @ParameterizedTest
    @MethodSource("bad_sounds")
    void a_sound_that_cannot_be_used(String why, byte[] content) throws IOException {
      Path in = Files.write(folder.resolve("in.wav"), content);
      String message = in + ": " + why + ". Convert or repair it, or choose another file.";
      assertFails(
          vqvae("encode", onePass, in, folder.resolve("out.vqa")), CommandLineRun.DATA, message);
      assertFails(
          vqvae("convert", conditioned, in, folder.resolve("out.wav"), "--speaker", speaker(1)),
          CommandLineRun.DATA,
          message);
      assertFails(
          vqvae("reconstruct", onePass, in, "--out", folder.resolve("out")),
          CommandLineRun.DATA,
          message);
    }

    static Stream<Arguments> bad_sounds() {
      byte[] whole = WavBytes.pcm16(8000, 1, 1, 2, 3, 4);
      return Stream.of(
          arguments("is empty (0 bytes)", new byte[0]),
          arguments(
              "its \"fmt \" chunk promises 16 bytes, but only 10 are left",
              Arrays.copyOf(whole, 30)),
          arguments(
              "its \"data\" chunk promises 8 bytes, but only 5 are left", Arrays.copyOf(whole, 49)),
          arguments(
              "its \"data\" chunk promises 4294967295 bytes, but only 4 are left",
              new WavBytes().format(1, 1, 8000, 16).chunk("data", -1, new byte[4]).file()),
          arguments("holds no sound: its data chunk has 0 bytes", WavBytes.pcm16(8000, 1)),
          arguments(
              "its header promises 0 samples a second, but 1000 to 384000 is allowed",
              WavBytes.pcm16(0, 1, 1, 2)),
          arguments(
              "its sound is coded as MP3 (format 85), but only PCM and 32 bit float are read",
              new WavBytes().format(0x55, 1, 8000, 16).chunk("data", new byte[4]).file()),
          arguments(
              "sample 1 of channel 0 is NaN, but -1 to +1 is full scale",
              WavBytes.floats(8000, 0, Float.NaN)));
    }

    @Test
    void a_code_file_that_is_damaged_or_of_another_build() throws IOException {
      // Given
      Path codes = folder.resolve("codes.vqa");
      vqvae("encode", onePass, sound(), codes).worked();
      byte[] whole = Files.readAllBytes(codes);
      byte[] flipped = whole.clone();
      flipped[75] ^= 1;
      byte[] newer = whole.clone();
      newer[4] = 3;
      String damaged = codes + ": damaged or not a .vqa file: ";
      String again = "; copy it again, or encode the original again";
      // When and then
      assertUndecodable(
          codes, flipped, damaged + "its content does not match its checksum" + again);
      assertUndecodable(
          codes,
          Arrays.copyOf(whole, 80),
          damaged + "its content does not match its checksum" + again);
      assertUndecodable(
          codes,
          newer,
          codes
              + ": has format 3, which another build wrote, but this build reads format 2; repeat"
              + " the command that wrote it, or read it with such a build");
    }

    private void assertUndecodable(Path codes, byte[] content, String message) throws IOException {
      Files.write(codes, content);
      assertFails(
          vqvae("decode", onePass, codes, folder.resolve("out.wav")),
          CommandLineRun.STORE,
          message);
    }

    @Test
    void a_code_file_of_another_model() throws IOException {
      Path own = folder.resolve("own.vqa");
      Path codes = folder.resolve("codes.vqa");
      vqvae("encode", onePass, sound(), own).worked();
      vqvae("encode", conditioned, sound(), codes).worked();
      assertFails(
          vqvae("decode", onePass, codes, folder.resolve("out.wav")),
          CommandLineRun.STORE,
          "%s: was encoded by autoencoder %s but this run's is %s; decode it with the run that encoded it, or encode the original again"
              .formatted(
                  codes, CodeFile.read(codes).autoencoder(), CodeFile.read(own).autoencoder()));
    }

    @Test
    void an_output_that_is_not_called_a_sound() throws IOException {
      assertFails(
          vqvae(
              "convert", conditioned, sound(), folder.resolve("out.mp3"), "--speaker", speaker(0)),
          CommandLineRun.USAGE,
          folder.resolve("out.mp3")
              + ": this command writes .wav files; give the output such a name");
    }
  }
}
