package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.store.CodeFile;
import org.vqvae.core.testing.CommandLineRun;

/** Files in and out: pictures and their codes. */
class FileCommandsTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path run;

  @BeforeAll
  static void train_once() {
    run = train("run", "seed=1");
  }

  private static Path train(String name, String... set) {
    Path path = shared.resolve(name);
    TinyRun.begin("train", path, set).worked();
    return path;
  }

  private void assertFails(CommandLineRun command, int code, String message) throws IOException {
    command.failed(code, message);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("out") || name.endsWith(".tmp"));
    }
  }

  private Path picture(int width, int height) {
    return TestPicture.write(folder.resolve("picture.png"), width, height);
  }

  private Path encoded() throws IOException {
    Path codes = folder.resolve("codes.vqa");
    vqvae("encode", run, picture(21, 18), codes).worked();
    return codes;
  }

  private static String fingerprint(Path codes) {
    return CodeFile.read(codes).autoencoder();
  }

  @Test
  void a_picture_of_any_size_becomes_as_many_bytes_as_the_header_says_and_a_picture_again()
      throws IOException {
    // When a picture of 21x18 is encoded
    Path codes = folder.resolve("sub/codes.vqa");
    CommandLineRun encoding = vqvae("encode", run, picture(21, 18), codes);
    // Then 5x6 codes of 4 bits stand behind a header of 76 bytes
    assertThat(encoding.worked().out())
        .isEqualTo("codes: %s, 91 bytes for 5x6 of K = 16\n".formatted(codes));
    assertThat(codes).hasSize(76 + 15);
    assertThat(CodeFile.read(codes).length()).isEqualTo(91);
    assertThat(CodeFile.read(codes).codes().shape()).isEqualTo(CodeShape.of(new Grid(5, 6), 16));
    assertThat(CodeFile.read(codes).original()).isEqualTo(new Grid(18, 21));
    // And they are decoded to a picture of that size, the same every time
    Path one = folder.resolve("one.png");
    Path two = folder.resolve("two.png");
    assertThat(vqvae("decode", run, codes, one).out()).isEqualTo("decoded: " + one + "\n");
    assertThat(vqvae("decode", run, codes, two).code()).isZero();
    BufferedImage decoded = ImageIO.read(one.toFile());
    assertThat(List.of(decoded.getWidth(), decoded.getHeight())).containsExactly(21, 18);
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void a_run_of_the_same_autoencoder_decodes_to_the_same_bytes() throws IOException {
    // Given a run repeated
    Path again = train("again", "seed=1");
    Path codes = encoded();
    // When both decode
    Path one = folder.resolve("one.png");
    Path two = folder.resolve("two.png");
    vqvae("decode", run, codes, one);
    assertThat(vqvae("decode", again, codes, two).err()).isEmpty();
    // Then
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void a_run_that_another_process_writes_in_can_code_files() throws IOException {
    Path codes = folder.resolve("codes.vqa");
    try (RunFolder writing = RunFolder.resume(run)) {
      assertThat(vqvae("encode", run, picture(16, 16), codes).err()).isEmpty();
      assertThat(vqvae("decode", run, codes, folder.resolve("a.png")).err()).isEmpty();
      assertThat(writing.path()).isEqualTo(run);
    }
  }

  @Test
  void what_is_there_is_written_over() throws IOException {
    Path codes = Files.writeString(folder.resolve("codes.vqa"), "old");
    Path out = Files.writeString(folder.resolve("a.png"), "old");
    vqvae("encode", run, picture(16, 16), codes);
    vqvae("decode", run, codes, out);
    assertThat(CodeFile.read(codes).codes().shape()).isEqualTo(CodeShape.of(new Grid(4, 4), 16));
    assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(16);
  }

  @Test
  void a_class_is_kept_in_the_file() throws IOException {
    Path codes = folder.resolve("codes.vqa");
    vqvae("encode", run, picture(16, 16), codes, "--class", "star");
    assertThat(CodeFile.read(codes).label()).isEqualTo(8);
    assertThat(CodeFile.read(encoded()).label()).isEqualTo(-1);
  }

  @Test
  void files_are_reconstructed_beside_their_originals() throws IOException {
    Path picture = picture(21, 18);
    CommandLineRun cli = vqvae("reconstruct", run, picture, "--out", folder.resolve("made"));
    Path made = folder.resolve("made/picture.png");
    assertThat(cli.err()).isEmpty();
    Path page = folder.resolve("made/picture.html");
    assertThat(cli.out())
        .isEqualTo(
            "reconstructions: 2 files in %s, from picture.png to picture.html\n"
                .formatted(made.getParent()));
    assertThat(page)
        .content()
        .contains(
            "One example, encoded and decoded.",
            "alt=\"picture, the original above its reconstruction\"");
    BufferedImage original = ImageIO.read(picture.toFile());
    BufferedImage pair = ImageIO.read(made.toFile());
    assertThat(List.of(pair.getWidth(), pair.getHeight())).containsExactly(21, 18 + 1 + 18);
    assertThat(pair.getRGB(7, 5)).isEqualTo(original.getRGB(7, 5));
  }

  @Nested
  class Refused_is {

    @Test
    void what_is_no_picture() throws IOException {
      Path sound = Files.writeString(folder.resolve("in.wav"), "RIFF\0\0\0\0WAVE");
      assertFails(
          vqvae("encode", run, sound, folder.resolve("out.vqa")),
          CommandLineRun.DATA,
          sound
              + ": is neither PNG nor JPEG (it begins with 0x5249464600000000). Convert or repair"
              + " it, or choose another file.");
      Path empty = Files.createFile(folder.resolve("in.png"));
      assertFails(
          vqvae("encode", run, empty, folder.resolve("out.vqa")),
          CommandLineRun.DATA,
          empty + ": is empty (0 bytes). Convert or repair it, or choose another file.");
      Path missing = folder.resolve("missing.png");
      assertFails(
          vqvae("encode", run, missing, folder.resolve("out.vqa")),
          CommandLineRun.DATA,
          missing + ": no such file. Convert or repair it, or choose another file.");
    }

    @Test
    void a_code_file_with_a_flipped_bit() throws IOException {
      Path codes = encoded();
      byte[] bytes = Files.readAllBytes(codes);
      bytes[75] ^= 1;
      Files.write(codes, bytes);
      assertFails(
          vqvae("decode", run, codes, folder.resolve("out.png")),
          CommandLineRun.STORE,
          codes
              + ": damaged or not a .vqa file: its content does not match its checksum; copy it"
              + " again, or encode the original again");
    }

    @Test
    void a_code_file_that_was_cut_short() throws IOException {
      Path codes = encoded();
      byte[] bytes = Files.readAllBytes(codes);
      Files.write(codes, Arrays.copyOf(bytes, 80));
      assertFails(
          vqvae("decode", run, codes, folder.resolve("out.png")),
          CommandLineRun.STORE,
          codes
              + ": damaged or not a .vqa file: its content does not match its checksum; copy it"
              + " again, or encode the original again");
    }

    @Test
    void a_code_file_of_another_build() throws IOException {
      Path codes = encoded();
      byte[] bytes = Files.readAllBytes(codes);
      bytes[4] = 3;
      Files.write(codes, bytes);
      assertFails(
          vqvae("decode", run, codes, folder.resolve("out.png")),
          CommandLineRun.STORE,
          codes
              + ": has format 3, which another build wrote, but this build reads format 2; repeat"
              + " the command that wrote it, or read it with such a build");
    }

    @Test
    void a_code_file_of_another_model() throws IOException {
      Path other = train("other", "seed=2");
      Path codes = folder.resolve("other.vqa");
      vqvae("encode", other, picture(16, 16), codes);
      assertFails(
          vqvae("decode", run, codes, folder.resolve("out.png")),
          CommandLineRun.STORE,
          "%s: was encoded by autoencoder %s but this run's is %s; decode it with the run that encoded it, or encode the original again"
              .formatted(codes, fingerprint(codes), fingerprint(encoded())));
    }

    @Test
    void a_forged_code_file_whose_sizes_do_not_fit() throws IOException {
      // Given codes that claim to stand for a larger picture, with a checksum that is right
      Path codes = encoded();
      CodeFile file = CodeFile.read(codes);
      new CodeFile(file.autoencoder(), file.codes(), new Grid(18, 9000), file.label()).write(codes);
      assertThat(CodeFile.read(codes).original()).isEqualTo(new Grid(18, 9000));
      assertFails(
          vqvae("decode", run, codes, folder.resolve("out.png")),
          CommandLineRun.STORE,
          codes
              + ": codes of 5x6 of K = 16 and label -1 are not those of an example of grid"
              + " 18x9000 by this run's autoencoder; encode the original again");
    }

    @Test
    void an_output_of_another_kind() throws IOException {
      Path in = picture(16, 16);
      assertFails(
          vqvae("encode", run, in, folder.resolve("out.png")),
          CommandLineRun.USAGE,
          folder.resolve("out.png")
              + ": this command writes .vqa files; give the output such a name");
      assertFails(
          vqvae("decode", run, encoded(), folder.resolve("out.wav")),
          CommandLineRun.USAGE,
          folder.resolve("out.wav")
              + ": this command writes .png files; give the output such a name");
    }

    @Test
    void an_output_that_cannot_be_written() throws IOException {
      Path file = Files.writeString(folder.resolve("file"), "x");
      String end =
          ": cannot be written (a file is where a folder should be); free space or mend the"
              + " permissions, then repeat the command (run and train: with --resume)";
      Path codes = encoded();
      assertFails(
          vqvae("encode", run, picture(16, 16), file.resolve("out.vqa")),
          CommandLineRun.STORE,
          file.resolve("out.vqa") + end);
      assertFails(
          vqvae("decode", run, codes, file.resolve("out.png")),
          CommandLineRun.STORE,
          file.resolve("out.png") + end);
    }

    @Test
    void a_class_that_the_model_has_never_seen() throws IOException {
      String message =
          "this model has never seen or heard \"Z\"; it knows: A, K, R, S, 2, 4, 8, heart, star,"
              + " moon";
      Path in = picture(16, 16);
      assertFails(
          vqvae("encode", run, in, folder.resolve("out.vqa"), "--class", "Z"),
          CommandLineRun.USAGE,
          message);
      assertFails(
          vqvae("convert", run, in, folder.resolve("out.png"), "--class", "Z"),
          CommandLineRun.USAGE,
          message);
    }

    @Test
    void a_class_that_the_decoder_is_not_conditioned_on() throws IOException {
      String message =
          "this model's decoder is not conditioned on the class or speaker, so it cannot decode as"
              + " \"star\"; leave the name out, or train a run with a decoder that is (see"
              + " class-conditional in: vqvae explain decoder TYPE)";
      Path in = picture(16, 16);
      assertFails(
          vqvae("convert", run, in, folder.resolve("out.png"), "--class", "star"),
          CommandLineRun.USAGE,
          message);
      assertFails(
          vqvae("decode", run, encoded(), folder.resolve("out.png"), "--class", "star"),
          CommandLineRun.USAGE,
          message);
    }

    @Test
    void a_bad_file_after_a_good_one_and_nothing_is_written() throws IOException {
      Path good = picture(16, 16);
      Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");
      Path out = folder.resolve("out");
      assertThat(vqvae("reconstruct", run, good, bad, "--out", out).code())
          .isEqualTo(CommandLineRun.DATA);
      assertThat(out).doesNotExist();
    }

    @Test
    void two_reconstructions_of_one_name() throws IOException {
      Path one = picture(16, 16);
      Path two = folder.resolve("more/picture.png");
      Files.createDirectories(two.getParent());
      Files.copy(one, two);
      assertFails(
          vqvae("reconstruct", run, one, two, "--out", folder.resolve("out")),
          CommandLineRun.USAGE,
          "%s and %s: both reconstructions would be called picture; give them one after the other, with another --out"
              .formatted(one, two));
    }

    @Test
    void a_medium_that_no_module_has_files_of() throws IOException {
      // Given a run of sound, and no module of sound
      Path waves =
          train(
              "waves",
              "data.type=waves",
              "encoder.type=waves",
              "decoder.type=waves",
              "prior.type=unigram");
      String message =
          "no loaded module reads and writes files of medium \"audio\" (there are: image); add the"
              + " one that does to the class path, such as vqvae-audio";
      assertFails(
          vqvae("encode", waves, folder.resolve("a.wav"), folder.resolve("out.vqa")),
          CommandLineRun.USAGE,
          message);
      assertFails(vqvae("reconstruct", waves, "--out", folder), CommandLineRun.USAGE, message);
    }
  }
}
