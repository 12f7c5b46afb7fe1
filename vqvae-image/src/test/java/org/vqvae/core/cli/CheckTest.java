package org.vqvae.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.cli.Cli.vqvae;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of an experiment before it is run: pieces that do not fit, and that all is well. */
class CheckTest {
  @TempDir Path folder;

  /** Both {@code check} and {@code run} say so, and nothing is left behind. */
  private void assertMisfit(String message, String... set) {
    Path run = folder.resolve("run");
    Object[] settings = new Object[2 * set.length];
    for (int i = 0; i < set.length; i++) {
      settings[2 * i] = "--set";
      settings[2 * i + 1] = set[i];
    }
    for (String command : new String[] {"check", "run", "train"}) {
      Object[] line = new Object[4 + settings.length];
      line[0] = command;
      line[1] = TinyRun.experiment(folder);
      line[2] = "--out";
      line[3] = run;
      System.arraycopy(settings, 0, line, 4, settings.length);
      Cli cli = vqvae(line);
      assertThat(cli.err()).isEqualTo(message + "\n");
      assertThat(cli.code()).isEqualTo(ExitCode.USAGE);
    }
    assertThat(run).doesNotExist();
  }

  @Test
  void a_downsample_that_does_not_divide_the_picture() {
    assertMisfit(
        "downsample = 4 does not divide the pictures' size 18x18: choose a downsample that does,"
            + " or resize or pad the data",
        "data.size=18");
  }

  @Test
  void an_encoder_and_a_decoder_of_different_downsamples() {
    assertMisfit(
        "decoder.downsample = 2 makes 16x16 pictures out of 8x8 latents, but the encoder's"
            + " latents are 4x4: give encoder and decoder the same downsample",
        "decoder.downsample=2");
  }

  @Test
  void a_prior_that_is_told_classes_that_the_data_does_not_have() {
    assertMisfit(
        "prior-training.class-conditional = true, but data \"waves\" has no classes: set it to"
            + " false, or choose data with classes",
        "data.type=waves",
        "encoder.type=waves",
        "decoder.type=waves",
        "prior.type=unigram",
        "prior-training.class-conditional=true");
  }

  @Test
  void a_prior_of_pictures_on_sound() {
    assertMisfit(
        "prior \"pixelcnn\" models codes in rows and columns, but these codes' grid is 16, with 1"
            + " dimension; choose prior \"wavenet\", which models any grid, or an encoder of"
            + " pictures",
        "data.type=waves",
        "encoder.type=waves",
        "decoder.type=waves");
  }

  @Test
  void an_encoder_of_pictures_on_sound() {
    assertMisfit(
        "residual-conv takes pictures, but the data is audio of grid 64: choose an encoder and"
            + " decoder for it (vqvae list)",
        "data.type=waves",
        "decoder.type=waves");
  }

  @Test
  void misfits_are_named_all_at_once() {
    assertMisfit(
        "residual-conv takes pictures, but the data is audio of grid 64: choose an encoder and"
            + " decoder for it (vqvae list)\n"
            + "prior \"pixelcnn\" models codes in rows and columns, but these codes' grid is 16,"
            + " with 1 dimension; choose prior \"wavenet\", which models any grid, or an encoder"
            + " of pictures\n"
            + "prior-training.class-conditional = true, but data \"waves\" has no classes: set it"
            + " to false, or choose data with classes",
        "data.type=waves",
        "encoder.type=waves",
        "prior-training.class-conditional=true");
  }

  @Test
  void data_that_is_missing_is_told() {
    Cli cli =
        vqvae(
            "check",
            TinyRun.experiment(folder),
            "--set",
            "data.type=idx",
            "--set",
            "data.path=" + folder.resolve("nowhere/else"));
    assertThat(cli.code()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).startsWith(folder.resolve("nowhere/else") + ": no such folder.");
  }

  @Test
  void a_good_config_is_shown_with_all_its_defaults() {
    Cli cli = vqvae("check", TinyRun.experiment(folder));
    assertThat(cli.code()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).startsWith("{").contains("\"epsilon\"", "\"commitment-cost\"");
  }
}
