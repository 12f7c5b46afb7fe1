package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.audio.wav.Sound;
import org.vqvae.audio.wav.WavBytes;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.audio.wav.WavWriter;
import org.vqvae.core.CodeUsages;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.store.CodeFile;
import org.vqvae.core.testing.CommandLineRun;

/** One's own sounds, whatever their form, become a model by its config alone. */
class SoundFoldersTest {
  private static final String EXPERIMENT =
      """
      data      { type = wav-folder, length = 1024 }
      encoder   { type = strided-conv1d, channels = 8, downsample = 16 }
      quantizer { type = nearest, codebook-size = 16, code-dim = 4, codebook-init = k-means }
      prior     { type = wavenet, cycles = 1, layers-per-cycle = 2, channels = 4, skip-channels = 4 }

      autoencoder    { steps = 5, batch-size = 4, evaluate-every = 5, checkpoint-every = 5, log-every = 5 }
      prior-training { steps = 5, batch-size = 4, evaluate-every = 5, checkpoint-every = 5, log-every = 5 }
      sampling       { count = 2 }
      """;
  private static final String ONE_PASS =
      "decoder { type = conv1d, channels = 8, downsample = 16 }\n";
  private static final String CONDITIONED =
      """
      decoder { type = wavenet, cycles = 1, layers-per-cycle = 3, channels = 4, skip-channels = 4, class-conditional = true }
      prior-training.class-conditional = true
      """;
  private static final double SECONDS = 0.3;

  @TempDir Path folder;

  private Path start(String command, String more, String... set) throws IOException {
    Path experiment = Files.writeString(folder.resolve("own.conf"), EXPERIMENT + more);
    Path run = folder.resolve("run");
    vqvae(line(command, experiment, run, set)).worked();
    return run;
  }

  private static Object[] line(String command, Path experiment, Path run, String... set) {
    Stream<Object> settings = Stream.of(set).flatMap(each -> Stream.of("--set", each));
    return Stream.concat(Stream.of(command, experiment, "--out", run), settings).toArray();
  }

  /** Two tones below 4 kHz, at any rate. */
  private static float[] tones(int rate, int which) {
    float[] samples = new float[(int) Math.round(SECONDS * rate)];
    for (int i = 0; i < samples.length; i++) {
      double time = (double) i / rate;
      samples[i] =
          (float)
              (0.25 * Math.sin(2 * Math.PI * (200 + 90 * which) * time)
                  + 0.15 * Math.sin(2 * Math.PI * (700 + 2000 * time) * time));
    }
    return samples;
  }

  private static Path mono(Path file, int rate, int which) {
    WavWriter.write(file, new Sound(rate, tones(rate, which)));
    return file;
  }

  /** 24 bit, all of it on the left and twice as loud there, as mixing down halves it. */
  private static Path stereo(Path file, int rate, int which) throws IOException {
    float[] samples = tones(rate, which);
    int[] left =
        IntStream.range(0, 2 * samples.length)
            .map(i -> i % 2 == 0 ? Math.round(2 * samples[i / 2] * (1 << 23)) : 0)
            .toArray();
    byte[] content =
        new WavBytes()
            .format(1, 2, rate, 24)
            .data(
                3,
                left,
                (bytes, x) -> bytes.put((byte) x).put((byte) (x >> 8)).put((byte) (x >> 16)))
            .file();
    return Files.write(file, content);
  }

  private CodeFile coded(Path run, Path sound) {
    Path codes = folder.resolve("codes.vqa");
    vqvae("encode", run, sound, codes).worked();
    Path decoded = folder.resolve("decoded.wav");
    vqvae("decode", run, codes, decoded).worked();
    CodeFile file = CodeFile.read(codes);
    assertThat(WavReader.read(decoded).sampleRate()).isEqualTo(8000);
    assertThat(new Grid(WavReader.read(decoded).samples().length)).isEqualTo(file.original());
    return file;
  }

  @Test
  void rates_channels_and_bits_may_be_mixed() throws IOException {
    // Given one folder of sounds at 8 kHz, at 22.05 kHz, and at 48 kHz in stereo of 24 bit
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    for (int i = 0; i < 4; i++) {
      mono(sounds.resolve("low" + i + ".wav"), 8_000, i);
      mono(sounds.resolve("speech" + i + ".wav"), 22_050, i);
      stereo(sounds.resolve("music" + i + ".wav"), 48_000, i);
    }
    // When an autoencoder is trained on them
    Path run = start("train", ONE_PASS, "data.path=" + sounds);
    // Then it codes each, and what sounds the same has the same codes but for a few at the ends
    CodeFile low = coded(run, sounds.resolve("low1.wav"));
    CodeFile speech = coded(run, sounds.resolve("speech1.wav"));
    CodeFile music = coded(run, sounds.resolve("music1.wav"));
    assertThat(List.of(low.original(), speech.original(), music.original()))
        .containsOnly(new Grid(2400));
    assertThat(CodeUsages.of(low.codes()).used()).isGreaterThan(3);
    assertThat(differing(low.codes(), speech.codes())).isLessThan(15);
    assertThat(differing(low.codes(), music.codes())).isLessThan(15);
    // And other sounds have others
    assertThat(differing(low.codes(), coded(run, sounds.resolve("low3.wav")).codes()))
        .isGreaterThan(30);
  }

  private static long differing(Codes one, Codes two) {
    assertThat(two.shape()).isEqualTo(one.shape());
    int[] ones = one.values();
    int[] twos = two.values();
    return IntStream.range(0, ones.length).filter(i -> ones[i] != twos[i]).count();
  }

  @Test
  void a_digit_of_a_speaker_can_be_asked_for() throws IOException {
    // Given digits of speakers, which are the classes together
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    for (String name : List.of("7_anna", "7_theo", "10_anna")) {
      for (int i = 0; i < 3; i++) {
        mono(sounds.resolve(name + "_" + i + ".wav"), 8_000, i);
      }
    }
    Path run =
        start(
            "run",
            CONDITIONED,
            "data.path=" + sounds,
            "data.fields=\"{digit}_{speaker}_{index}.wav\"",
            "data.label=\"digit,speaker\"",
            "data.validation=1-1",
            "data.test=2-2");
    // When samples are drawn of one
    Path out = folder.resolve("samples");
    vqvae("sample", run, "--class", "10/anna", "--out", out).worked();
    // Then there are some, and of what was never heard there are none
    assertThat(WavReader.read(out.resolve("wavenet-1-2.wav")).samples()).hasSize(1024);
    vqvae("sample", run, "--class", "10/theo", "--out", folder.resolve("none"))
        .failed(
            CommandLineRun.USAGE,
            "this model has never seen or heard \"10/theo\"; it knows: 7/anna, 7/theo, 10/anna");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void a_model_of_data_without_speakers_takes_none() throws IOException {
    // Given a run on sounds in one folder
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    for (int i = 0; i < 8; i++) {
      mono(sounds.resolve(i + ".wav"), 8_000, i);
    }
    Path run = start("train", ONE_PASS, "data.path=" + sounds);
    // Then
    Path out = folder.resolve("out.wav");
    vqvae("convert", run, sounds.resolve("1.wav"), out, "--speaker", "anna")
        .failed(
            CommandLineRun.USAGE,
            "this model knows no classes or speakers, so it cannot take \"anna\" for one; leave the"
                + " name out, or train a run on data with classes");
    assertThat(out).doesNotExist();
  }

  @Test
  void a_folder_without_any_sound_is_refused_and_leaves_no_run() throws IOException {
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    Files.write(sounds.resolve("a.mp3"), new byte[9]);
    assertRefused(
        CommandLineRun.DATA,
        sounds + ": holds no sounds: 0 of 1 files end in .wav. Set data.path.",
        "data.path=" + sounds);
  }

  @Test
  void a_spectral_window_longer_than_an_example_is_refused_and_leaves_no_run() throws IOException {
    assertRefused(
        CommandLineRun.USAGE,
        "decoder.spectral.windows = [2048, 512] do not all fit into examples of 1024 samples:"
            + " shorten the windows, or lengthen the examples (data.length)",
        "data.type=voices",
        "decoder.spectral.windows=[2048, 512]");
  }

  /** By every command that takes an experiment. */
  private void assertRefused(int code, String message, String... set) throws IOException {
    Path experiment = Files.writeString(folder.resolve("own.conf"), EXPERIMENT + ONE_PASS);
    Path run = folder.resolve("run");
    for (String command : List.of("check", "train", "run")) {
      vqvae(line(command, experiment, run, set)).failed(code, message);
      assertThat(run).doesNotExist();
    }
  }

  @Test
  void real_speech_at_22_khz_trains_a_model_that_codes_music_at_48_khz() throws IOException {
    // Given
    Path speech = find("speech");
    Path music = find("music").resolve("gc.wav");
    // When
    Path run = start("train", ONE_PASS, "data.path=" + speech);
    // Then
    assertThat(seconds(coded(run, speech.resolve("LJ001-0008.wav"))))
        .isCloseTo(WavReader.read(speech.resolve("LJ001-0008.wav")).seconds(), within(1e-3));
    assertThat(seconds(coded(run, music))).isCloseTo(WavReader.read(music).seconds(), within(1e-3));
  }

  private static double seconds(CodeFile codes) {
    return codes.original().size(0) / 8000.0;
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
