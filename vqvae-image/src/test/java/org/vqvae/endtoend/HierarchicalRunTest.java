package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;
import org.vqvae.core.report.KeyCatalog;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.store.CodeFile;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.testing.CommandLineRun;

/** Two maps of codes, the coarse one and the fine one, from the run to files. */
class HierarchicalRunTest {
  private static final String TOP_PARTS =
      "type = residual-conv, channels = 8, residual-channels = 4, residual-blocks = 1, downsample ="
          + " 2";
  private static final String TOP_QUANTIZER = "type = ema, codebook-size = 8, code-dim = 3";
  private static final String NO_CODES = "type = none, latent-dim = 4";

  @TempDir static Path shared;
  @TempDir Path folder;

  /** A run of both stages, with PixelCNNs as priors. */
  private static Path run;

  @BeforeAll
  static void run_once() {
    run = shared.resolve("run");
    TinyRun.begin("run", run, settings(TOP_QUANTIZER, "seed=1")).worked();
  }

  private static String[] settings(String topQuantizer, String more) {
    return new String[] {
      "data.size=32",
      "model={ type = hierarchical, features = 8, top-encoder { %s }, top-decoder { %s }, top-quantizer { %s } }"
          .formatted(TOP_PARTS, TOP_PARTS, topQuantizer),
      "autoencoder.steps=10",
      "prior-training.steps=10",
      more
    };
  }

  private static CodeShape shape(Grid top, Grid bottom) {
    return new CodeShape(
        List.of(new CodeMap("top", top, List.of(8)), new CodeMap("bottom", bottom, List.of(16))));
  }

  @Test
  void the_codes_of_both_maps_are_in_one_store() {
    assertThat(CodeStore.open(run.resolve("codes/train.codes")).info().shape())
        .isEqualTo(shape(new Grid(4, 4), new Grid(8, 8)));
  }

  @Test
  void each_map_s_bits_and_codebook_and_what_it_is_worth_alone_are_reported() {
    // When
    Results results = Results.read(run.resolve("results.json"), KeyCatalog.core());
    // Then 16 top codes have 3 bits, and 64 bottom codes have 4
    assertThat(results.number(ResultKeys.MAP_BITS.of("top"))).hasValue(48);
    assertThat(results.number(ResultKeys.MAP_BITS.of("bottom"))).hasValue(256);
    assertThat(results.number(ResultKeys.CODE_BITS)).hasValue(304);
    for (String map : List.of("top", "bottom")) {
      assertThat(results.number(ResultKeys.MAP_NMSE.of(map)).orElseThrow()).isPositive();
      assertThat(results.number(ResultKeys.CODEBOOK_PERPLEXITY.of(map)).orElseThrow())
          .isBetween(1.0, 16.0);
      assertThat(results.number(ResultKeys.TEST_LOSS.of(map + "-commitment"))).isPresent();
    }
    assertThat(results.number(ResultKeys.PRIOR_EXAMPLE_BITS.of("uniform")).orElseThrow())
        .isBetween(303.99, 304.01);
  }

  @Test
  void a_picture_of_any_size_becomes_codes_of_both_maps_and_a_picture_again() throws IOException {
    // When
    Path picture = TestPicture.write(folder.resolve("in.png"), 21, 18);
    Path codes = folder.resolve("codes.vqa");
    CommandLineRun encoding = vqvae("encode", run, picture, codes).worked();
    // Then whole top latents, of 8 pixels a side, cover it
    CodeShape covering = shape(new Grid(3, 3), new Grid(6, 6));
    assertThat(encoding.out()).contains("for top 3x3 of K = 8 and bottom 6x6 of K = 16");
    assertThat(CodeFile.read(codes).codes().shape()).isEqualTo(covering);
    // And it is decoded to the same bytes every time
    Path one = folder.resolve("one.png");
    Path two = folder.resolve("two.png");
    vqvae("decode", run, codes, one).worked();
    vqvae("decode", run, codes, two).worked();
    assertThat(TestPicture.size(one)).containsExactly(21, 18);
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void each_map_is_sampled_in_turn() throws IOException {
    Path samples = folder.resolve("samples");
    vqvae("sample", run, "--count", 2, "--out", samples).worked();
    vqvae("sample", run, "--count", 2, "--seed", 2, "--out", samples).worked();
    vqvae("sample", run, "--count", 1, "--seed", 3, "--size", "40x24", "--out", samples).worked();
    assertThat(Files.readAllBytes(samples.resolve("pixelcnn-2.png")))
        .isNotEqualTo(Files.readAllBytes(samples.resolve("pixelcnn-1.png")));
    assertThat(TestPicture.size(samples.resolve("pixelcnn-3.png"))).containsExactly(24, 40);
  }

  @Test
  void a_wavenet_models_both_maps_too() {
    // Given the same autoencoder
    Path wavenet = folder.resolve("run");
    TinyRun.begin("run", wavenet, settings(TOP_QUANTIZER, TinyRun.WAVENET)).worked();
    // When
    vqvae("sample", wavenet, "--count", 1, "--out", folder).worked();
    // Then
    assertThat(TestPicture.size(folder.resolve("wavenet-1.png"))).containsExactly(32, 32);
    assertThat(wavenet.resolve("autoencoder.safetensors"))
        .hasSameBinaryContentAs(run.resolve("autoencoder.safetensors"));
  }

  @Test
  void a_map_without_codes_is_refused() {
    String message =
        "model \"hierarchical\" needs codes in both maps, but %s has none: choose one with codes,"
            + " or model = flat";
    TinyRun.begin("check", folder.resolve("run"), settings(NO_CODES, "seed=1"))
        .failed(CommandLineRun.USAGE, message.formatted("model.top-quantizer"));
    TinyRun.begin(
            "check",
            folder.resolve("run"),
            settings(TOP_QUANTIZER, "quantizer={ %s }".formatted(NO_CODES)))
        .failed(CommandLineRun.USAGE, message.formatted("quantizer"));
  }

  @Test
  void a_top_encoder_whose_downsample_does_not_divide_the_bottom_s_grid_is_refused() {
    TinyRun.begin(
            "check",
            folder.resolve("run"),
            settings(TOP_QUANTIZER, "model.top-encoder.downsample=16"))
        .failed(
            CommandLineRun.USAGE,
            "downsample = 16 does not divide the pictures' size 8x8: choose a downsample that does,"
                + " or resize or pad the data");
  }
}
