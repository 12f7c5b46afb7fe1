package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.testing.CommandLineRun;

/** Messages for people, and exit codes for scripts, when something cannot be done. */
class FailuresTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  /** A run of both stages; copied before anything is done to it. */
  private static Path finished;

  @BeforeAll
  static void run_once() {
    finished = shared.resolve("finished");
    TinyRun.begin("run", finished).worked();
  }

  @Nested
  class A_command_line {

    @Test
    void with_an_unknown_command_gets_the_nearest() {
      CommandLineRun cli = vqvae("trian");
      assertThat(cli.code()).isEqualTo(CommandLineRun.USAGE);
      assertThat(cli.err())
          .startsWith("Unmatched argument at index 0: 'trian'\n")
          .contains("Did you mean", "train");
    }

    @Test
    void without_a_command_gets_all_of_them() {
      CommandLineRun cli = vqvae();
      assertThat(cli.code()).isEqualTo(CommandLineRun.USAGE);
      assertThat(cli.err()).startsWith("Missing command.\n").contains("train-prior", "Exit codes");
    }

    @Test
    void with_an_experiment_that_does_not_exist_gets_the_nearest() {
      TinyRun.experiment(folder);
      Path missing = folder.resolve("tinny.conf");
      vqvae("run", missing)
          .failed(
              CommandLineRun.USAGE,
              missing
                  + ": 1 problem, nothing was run.\n"
                  + "1) [config/file-missing]: no such file. Did you mean \"tiny.conf\"?\n"
                  + "     there are: tiny.conf");
    }

    @Test
    void with_a_setting_that_does_not_exist_gets_the_nearest() {
      CommandLineRun cli =
          vqvae("check", TinyRun.experiment(folder), "--set", "quantizer.codebook-sise=3");
      assertThat(cli.code()).isEqualTo(CommandLineRun.USAGE);
      assertThat(cli.err())
          .contains("1) [config/unknown-key] quantizer.codebook-sise (--set)")
          .contains("Did you mean \"codebook-size\"?");
    }

    @Test
    void that_explains_an_unknown_role_gets_the_roles() {
      vqvae("explain", "quantiser")
          .failed(
              CommandLineRun.USAGE,
              "no such role: \"quantiser\"; there are: experiment, codebook-init, data, dead-codes,"
                  + " decoder, encoder, estimator, model, optimizer, prior, quantizer, schedule");
    }

    @Test
    void that_explains_an_unknown_type_gets_the_types() {
      vqvae("explain", "quantizer", "emma")
          .failed(
              CommandLineRun.USAGE,
              "no such quantizer: \"emma\"; there are: ema, gaussian, nearest, none, residual");
    }
  }

  @Nested
  class A_run_folder {

    @Test
    void that_is_not_empty_is_left_alone() throws IOException {
      Path run = folder.resolve("run");
      TinyRun.write(run.resolve("thesis.txt"), "my only copy");
      vqvae("run", TinyRun.experiment(folder), "--out", run)
          .failed(
              CommandLineRun.STORE,
              run
                  + ": there is something in this folder; go on with its run by --resume, or choose"
                  + " another name");
      assertThat(run.resolve("thesis.txt")).hasContent("my only copy");
    }

    @Test
    void that_is_none_cannot_be_gone_on_with() {
      Path run = folder.resolve("run");
      TinyRun.write(run.resolve("thesis.txt"), "my only copy");
      String message =
          run
              + ": not a run folder, as it has no config.resolved.conf; check the name, or begin a"
              + " new run";
      vqvae("run", TinyRun.experiment(folder), "--out", run, "--resume")
          .failed(CommandLineRun.STORE, message);
      vqvae("sample", run).failed(CommandLineRun.STORE, message);
    }

    @Test
    void of_a_process_that_was_killed_before_it_wrote_the_config_is_begun_again() {
      Path run = folder.resolve("run");
      TinyRun.write(run.resolve(".lock"), "1");
      TinyRun.write(run.resolve("provenance.json"), "{}");
      CommandLineRun cli = vqvae("train", TinyRun.experiment(folder), "--out", run, "--resume");
      assertThat(cli.err()).isEmpty();
      assertThat(cli.code()).isZero();
    }

    @Test
    void of_another_config_is_not_gone_on_with() {
      Path run = copyOfFinished();
      vqvae(
              "run",
              TinyRun.experiment(folder),
              "--out",
              run,
              "--resume",
              "--set",
              "autoencoder.steps=30",
              "--set",
              "quantizer.decay=0.9")
          .failed(
              CommandLineRun.STORE,
              "%s: the run began with another config: autoencoder.steps was 20 and is 30; quantizer.decay was 0.99 and is 0.9. Go on with the old one: vqvae run %s --out %s --resume; or begin a new run: --out another-folder"
                  .formatted(run, run.resolve("config.resolved.conf"), run));
    }

    @Test
    void whose_config_was_edited_is_not_gone_on_with() throws IOException {
      Path run = copyOfFinished();
      Path config = run.resolve("config.resolved.conf");
      Files.writeString(
          config, Files.readString(config).replace("\"steps\" : 20", "\"steps\" : 30"));
      vqvae("run", config, "--out", run, "--resume")
          .failed(
              CommandLineRun.STORE,
              "%s: was edited since the run began; undo it, or begin a new run with it: vqvae run %s --out another-folder"
                  .formatted(config, config));
    }

    @Test
    void is_not_gone_on_with_when_its_data_has_changed() throws IOException {
      // Given a run on one's own pictures whose first stage has ended
      Path pictures = pictures(folder.resolve("pictures"));
      Path run = folder.resolve("run");
      Object[] command = {
        "train",
        TinyRun.experiment(folder),
        "--out",
        run,
        "--set",
        "data.type=image-folder",
        "--set",
        "data.path=" + pictures,
        "--set",
        "data.validation=0.2",
        "--set",
        "data.test=0.2"
      };
      assertThat(vqvae(command).err()).isEmpty();
      // When a picture is another one
      ImageIO.write(picture(99), "png", pictures.resolve("3.png").toFile());
      CommandLineRun cli = vqvae("extract", run);
      // Then
      assertThat(cli.code()).isEqualTo(CommandLineRun.STORE);
      assertThat(cli.err())
          .matches(
              "%s: the run began with data [0-9a-f]+ but the data is [0-9a-f]+ now; bring the old data back, or begin a new run\n"
                  .formatted(run));
    }
  }

  @Nested
  class A_stage_alone {

    @ParameterizedTest
    @ValueSource(strings = {"extract", "train-prior", "sample", "reconstruct", "report"})
    void needs_a_trained_autoencoder(String command) throws IOException {
      Path run = copyOfFinished();
      Files.delete(run.resolve("autoencoder.safetensors"));
      vqvae(command, run)
          .failed(
              CommandLineRun.STORE,
              "%s: there is no trained autoencoder; train it with: vqvae train %s --out %s --resume"
                  .formatted(
                      run.resolve("autoencoder.safetensors"),
                      run.resolve("config.resolved.conf"),
                      run));
    }

    @Test
    void samples_of_a_trained_prior_only() throws IOException {
      Path run = copyOfFinished();
      Files.delete(run.resolve("prior-pixelcnn.safetensors"));
      String message =
          "%s: there is no such prior; train it with: vqvae train-prior %s"
              .formatted(run.resolve("prior-pixelcnn.safetensors"), run);
      vqvae("sample", run).failed(CommandLineRun.STORE, message);
      vqvae("report", run).failed(CommandLineRun.STORE, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.html", "results.json"})
    void says_what_it_cannot_write(String name) throws IOException {
      // Given a folder in a file's place
      Path run = copyOfFinished();
      Path place = run.resolve(name);
      Files.delete(place);
      Files.createDirectories(place.resolve("inside"));
      // When
      CommandLineRun cli = vqvae("report", run);
      // Then
      assertThat(cli.code()).isEqualTo(CommandLineRun.STORE);
      assertThat(cli.err()).startsWith(place + ": cannot be written (");
      assertThat(cli.err()).contains("then repeat the command");
    }

    @Test
    void notices_that_a_weight_was_changed() throws IOException {
      Path run = copyOfFinished();
      changeLastWeight(run.resolve("autoencoder.safetensors"));
      CommandLineRun cli = vqvae("sample", run);
      assertThat(cli.code()).isEqualTo(CommandLineRun.STORE);
      assertThat(cli.err())
          .matches(
              "%s: has the fingerprint [0-9a-f]+ but its content has [0-9a-f]+: the weights were changed; train it again\n"
                  .formatted(run.resolve("autoencoder.safetensors")));
    }

    @Test
    void refuses_a_prior_of_another_autoencoder_until_it_is_trained_again() throws IOException {
      // Given a run with the autoencoder of another seed in it
      Path other = folder.resolve("other");
      vqvae("run", TinyRun.experiment(folder), "--out", other, "--set", "seed=2");
      Path run = copyOfFinished();
      Files.copy(
          other.resolve("autoencoder.safetensors"),
          run.resolve("autoencoder.safetensors"),
          StandardCopyOption.REPLACE_EXISTING);
      // When it samples
      CommandLineRun cli = vqvae("sample", run);
      // Then the prior is refused, and so are the codes
      assertThat(cli.code()).isEqualTo(CommandLineRun.STORE);
      assertThat(cli.err())
          .matches(
              "%s: was fitted to codes of autoencoder [0-9a-f]+ but this one is [0-9a-f]+; train the prior again\n"
                  .formatted(run.resolve("prior-pixelcnn.safetensors")));
      // And a prior trained again is one of the new codes from its first step on
      assertThat(vqvae("train-prior", run).out()).doesNotContain("goes on");
      assertThat(vqvae("sample", run).code()).isZero();
    }

    @Test
    void samples_of_classes_that_exist_and_that_the_prior_is_conditioned_on() {
      vqvae("sample", finished, "--class", "A", "--out", folder)
          .failed(
              CommandLineRun.USAGE,
              "neither prior \"pixelcnn\" nor the decoder is conditioned on the class or speaker,"
                  + " so no samples can be of \"A\"; leave the name out, or train a run with"
                  + " prior-training.class-conditional = true, or with a decoder that is"
                  + " conditioned (see class-conditional in: vqvae explain decoder TYPE)");
      vqvae("sample", finished, "--class", "Z", "--out", folder)
          .failed(
              CommandLineRun.USAGE,
              "this model has never seen or heard \"Z\"; it knows: A, K, R, S, 2, 4, 8, heart,"
                  + " star, moon");
    }
  }

  private Path copyOfFinished() {
    return TinyRun.copy(finished, folder.resolve("copy"));
  }

  private static void changeLastWeight(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer weight = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(weight, channel.size() - Float.BYTES);
      weight.putFloat(0, weight.getFloat(0) + 1).rewind();
      channel.write(weight, channel.size() - Float.BYTES);
    }
  }

  private static Path pictures(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < 8; i++) {
      ImageIO.write(picture(i), "png", folder.resolve(i + ".png").toFile());
    }
    return folder;
  }

  private static BufferedImage picture(int brightness) {
    BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(3, 3, 0x010101 * brightness + 0x100000);
    return picture;
  }
}
