package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.testing.CommandLineRun;

/** Networks of Deeplearning4j as encoder and decoder, by config. */
class Dl4jRunTest {
  @TempDir Path folder;
  private Path encoder;
  private Path decoder;

  @BeforeEach
  void networks() throws IOException {
    encoder = Files.copy(TinyNetworks.encoder(), folder.resolve("encoder.json"));
    decoder = Files.copy(TinyNetworks.decoder(), folder.resolve("decoder.json"));
  }

  private CommandLineRun begin(String command, Path run, int codeDim) {
    return begin(command, run, codeDim, encoder);
  }

  private CommandLineRun begin(String command, Path run, int codeDim, Path network) {
    return TinyRun.begin(
        command,
        run,
        "encoder={ type = dl4j, network = \"%s\" }".formatted(network),
        "decoder={ type = dl4j, network = \"%s\" }".formatted(decoder),
        "quantizer.code-dim=" + codeDim);
  }

  @Test
  void a_run_goes_from_data_to_files_and_needs_the_networks_files_no_more() throws IOException {
    // Given a run of both stages whose networks' files are gone
    Path run = folder.resolve("run");
    begin("run", run, 3).worked();
    Files.delete(encoder);
    Files.delete(decoder);
    // When a picture of another size is coded, and pictures are drawn
    Path picture = TestPicture.write(folder.resolve("in.png"), 21, 18);
    vqvae("encode", run, picture, folder.resolve("codes.vqa")).worked();
    vqvae("decode", run, folder.resolve("codes.vqa"), folder.resolve("out.png")).worked();
    vqvae("sample", run, "--count", 1, "--out", folder).worked();
    vqvae("report", run).worked();
    // Then
    assertThat(TestPicture.size(folder.resolve("out.png"))).containsExactly(21, 18);
    assertThat(TestPicture.size(folder.resolve("pixelcnn-1.png"))).containsExactly(16, 16);
  }

  @Test
  void a_run_goes_on_without_the_zip_it_began_from_and_another_does_not_begin() throws IOException {
    // Given a run that began from the weights of a zip, which is gone
    Path run = folder.resolve("run");
    Path zip = TinyNetworks.savedEncoder(folder.resolve("encoder.zip"));
    begin("train", run, 3, zip).worked();
    byte[] trained = Files.readAllBytes(run.resolve("autoencoder.safetensors"));
    Files.delete(zip);
    // When it goes on from its last checkpoint
    Files.delete(run.resolve("autoencoder.safetensors"));
    vqvae("train", run.resolve("config.resolved.conf"), "--out", run, "--resume").worked();
    // Then it ends in the same bytes
    assertThat(run.resolve("autoencoder.safetensors")).hasBinaryContent(trained);
    // When another one is to begin as it did
    CommandLineRun other =
        vqvae("train", run.resolve("config.resolved.conf"), "--out", folder.resolve("other"));
    // Then it does not begin from other weights
    assertThat(other.code()).isEqualTo(CommandLineRun.USAGE);
    assertThat(other.err()).startsWith(zip + ": training starts from its weights, but ");
  }

  @Test
  void a_run_is_not_gone_on_with_by_another_network_and_the_message_is_short() {
    // Given a run
    Path run = folder.resolve("run");
    begin("train", run, 3).worked();
    // When it is to go on with another encoder
    CommandLineRun refused =
        TinyRun.resume(
            run,
            "encoder={ type = dl4j, network = \"%s\" }".formatted(decoder),
            "decoder={ type = dl4j, network = \"%s\" }".formatted(decoder),
            "quantizer.code-dim=3");
    // Then both configurations are named by their first letters
    assertThat(refused.err())
        .contains("the run began with another config: encoder.configuration was ", "... and is ")
        .contains("encoder.network was ")
        .hasSizeLessThan(1500);
  }

  @Test
  void a_network_whose_output_is_no_latent_of_the_quantizer_is_refused() {
    begin("check", folder.resolve("run"), 5)
        .failed(
            CommandLineRun.USAGE,
            "%s: as the encoder it gives 3 channels, but the quantizer wants latents of 5: give its last layer nOut = 5, or the quantizer code-dim = 3"
                .formatted(encoder));
  }

  @Test
  void a_network_that_does_not_make_the_data_is_refused() throws IOException {
    // Given a decoder's place for an encoder's network
    Files.writeString(decoder, Files.readString(encoder));
    CommandLineRun refused = begin("check", folder.resolve("run"), 3);
    assertThat(refused.code()).isEqualTo(CommandLineRun.USAGE);
    assertThat(refused.err())
        .startsWith("%s: as the decoder it makes 4x4 with 3 channels".formatted(decoder))
        .contains("but the data is 16x16 with 3 channels");
  }
}
