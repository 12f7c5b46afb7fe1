package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.testing.CommandLineRun;

/** What is said of an experiment before it is run: pieces that do not fit, and that all is well. */
class CheckTest {
  @TempDir Path folder;

  /** All commands that begin a run say so, and nothing is left behind. */
  private void assertMisfit(String message, String... set) {
    Path run = folder.resolve("run");
    for (String command : List.of("check", "run", "train")) {
      TinyRun.begin(command, run, set).failed(CommandLineRun.USAGE, message);
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
  void a_prior_of_classes_that_the_data_does_not_have() {
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
        "prior \"pixelcnn\" models codes in rows and columns, but these codes' grid is 16,"
            + " with 1 dimension; choose prior \"wavenet\", which models any grid, or an encoder"
            + " of pictures\n"
            + "prior-training.class-conditional = true, but data \"waves\" has no classes: set it"
            + " to false, or choose data with classes",
        "data.type=waves",
        "encoder.type=waves",
        "decoder.type=waves",
        "prior-training.class-conditional=true");
  }

  @Test
  void a_stage_that_ends_before_its_learning_rate_is_full() {
    assertMisfit(
        "schedule \"warm-up\" grows for 1000 steps, but its stage has 20, so the learning rate"
            + " would never be full: set schedule.steps to fewer, or the stage's steps to more\n"
            + "schedule \"cosine\" grows for 30 steps, but its stage has 20, so the learning rate"
            + " would never be full: set schedule.warm-up to fewer, or the stage's steps to more",
        "autoencoder.schedule=warm-up",
        "prior-training.schedule={ type = cosine, warm-up = 30 }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "none"})
  void a_prior_for_a_model_without_codes(String quantizer) {
    assertMisfit(
        "quantizer \"%s\" has no codes, so prior \"pixelcnn\" has nothing to model: set prior ="
                .formatted(quantizer)
            + " none, or choose a quantizer with codes",
        "quantizer={ type = %s, latent-dim = 4 }".formatted(quantizer));
  }

  @Test
  void settings_that_choose_among_codes_for_a_model_without_codes() {
    assertMisfit(
        "sampling.temperature and sampling.top-k choose among codes, but quantizer \"gaussian\""
            + " has none: leave them out",
        "quantizer={ type = gaussian, latent-dim = 4 }",
        "prior=none",
        "sampling.temperature=0.5");
  }

  @Test
  void a_prior_that_cannot_model_several_codes_a_position() {
    assertMisfit(
        "prior \"pixelcnn\" models one map of one codebook and cannot do several codebooks, but"
            + " these codes are 4x4 of K = 16, 8; choose prior \"wavenet\", which models the"
            + " codebooks of a map in turn",
        TinyRun.TWO_LEVELS);
  }

  @Test
  void a_residual_of_nothing() {
    for (String command : List.of("check", "run", "train")) {
      CommandLineRun refused =
          TinyRun.begin(
              command, folder.resolve("run"), "quantizer={ type = residual, levels = [] }");
      assertThat(refused.code()).isEqualTo(CommandLineRun.USAGE);
      assertThat(refused.err())
          .contains("quantizer.levels", "a residual of nothing: list at least one quantizer");
    }
  }

  @Test
  void data_that_is_missing() {
    Path missing = folder.resolve("nowhere/else");
    CommandLineRun command =
        TinyRun.begin("check", folder.resolve("run"), "data.type=idx", "data.path=" + missing);
    assertThat(command.code()).isEqualTo(CommandLineRun.DATA);
    assertThat(command.err()).startsWith(missing + ": no such folder.");
  }

  @Test
  void a_good_config_is_shown_with_all_its_defaults() {
    CommandLineRun command = vqvae("check", TinyRun.experiment(folder)).worked();
    assertThat(command.out()).startsWith("{").contains("\"epsilon\"", "\"commitment-cost\"");
  }

  @ParameterizedTest
  @CsvSource({
    "autoencoder.latent-weight = 0.25, model.latent-weight = 0.25",
    "autoencoder.adam.beta1 = 0.8, autoencoder.optimizer.beta1 = 0.8",
    "prior-training.adam.epsilon = 1e-7, prior-training.optimizer.epsilon = 1e-7"
  })
  void a_setting_that_has_another_name_now_is_refused_with_it(String former, String now) {
    // Given an experiment of a former build
    Path experiment = TinyRun.experiment(folder);
    Path old = TinyRun.write(folder.resolve("old.conf"), text(experiment) + former + "\n");
    for (String command : List.of("check", "run", "train")) {
      // When
      CommandLineRun refused = vqvae(command, old, "--out", folder.resolve("run"));
      // Then
      assertThat(refused.code()).isEqualTo(CommandLineRun.USAGE);
      assertThat(refused.err())
          .contains("1) [config/renamed-key] " + name(former))
          .contains("is called %s now".formatted(name(now)))
          .contains("write: " + now);
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static String name(String assignment) {
    return assignment.replaceFirst(" = .*", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
