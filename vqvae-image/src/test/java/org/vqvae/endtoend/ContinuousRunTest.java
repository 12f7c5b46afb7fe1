package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.report.KeyCatalog;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.testing.CommandLineRun;

/** Models without codes: runs end with the autoencoder, and all that needs codes is refused. */
class ContinuousRunTest {
  private static final String NO_CODES =
      "this run's model has no codes (its quantizer is continuous), so there is nothing to"
          + " extract, to fit a prior to, or to write to a .vqa file; train a run whose quantizer"
          + " has codes (vqvae list)";

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void run_once() {
    for (String quantizer : List.of("gaussian", "none")) {
      TinyRun.begin(
              "run",
              run(quantizer),
              "quantizer={ type = %s, latent-dim = 4 }".formatted(quantizer),
              "prior=none")
          .worked();
    }
  }

  private static Path run(String quantizer) {
    return shared.resolve(quantizer);
  }

  private static Results results(String quantizer) {
    return Results.read(run(quantizer).resolve("results.json"), KeyCatalog.core());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "none"})
  void a_run_ends_with_the_autoencoder_and_a_report(String quantizer) throws IOException {
    assertThat(files(run(quantizer)))
        .contains("autoencoder.safetensors", "results.json", "report.html")
        .noneMatch(name -> name.startsWith("prior-") || name.equals("codes"));
    assertThat(results(quantizer).number(ResultKeys.TEST_NMSE)).isPresent();
    assertThat(results(quantizer).number(ResultKeys.CODES)).isEmpty();
  }

  @Test
  void a_gaussian_s_rate_active_units_and_bound_are_reported() {
    Results results = results("gaussian");
    assertThat(results.number(ResultKeys.TEST_LOSS.of("kl")).orElseThrow()).isPositive();
    assertThat(results.number(ResultKeys.TEST_LATENTS.of("active-units")).orElseThrow())
        .isBetween(0.0, 4.0);
    assertThat(results.number(ResultKeys.LATENTS_TOTAL).orElseThrow())
        .isEqualTo(
            results.number(ResultKeys.BOUND_DISTORTION).orElseThrow()
                + results.number(ResultKeys.LATENTS_RATE).orElseThrow());
    assertThat(results.number(ResultKeys.LATENTS_ELBO)).isPresent();
  }

  @Test
  void a_bound_s_distortion_is_that_of_latents_drawn_and_more_than_at_their_mean() {
    Results results = results("gaussian");
    double atTheMean =
        (results.number(ResultKeys.TEST_LOSS.of("nll")).orElseThrow() + Math.log(255))
            / Math.log(2);
    assertThat(results.number(ResultKeys.BOUND_DISTORTION).orElseThrow()).isGreaterThan(atTheMean);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "none"})
  void levels_of_a_model_without_codes_are_refused(String quantizer) throws IOException {
    Path picture = TestPicture.write(folder.resolve("in.png"), 16, 16);
    vqvae("reconstruct", run(quantizer), picture, "--levels", 1)
        .failed(CommandLineRun.USAGE, NO_CODES);
  }

  @Test
  void a_plain_autoencoder_has_no_bound() {
    assertThat(results("none").number(ResultKeys.LATENTS_TOTAL)).isEmpty();
  }

  static Stream<List<String>> commandsOfCodes() {
    return Stream.of("gaussian", "none")
        .flatMap(
            quantizer ->
                Stream.of("extract", "train-prior", "encode", "decode", "convert")
                    .map(command -> List.of(quantizer, command)));
  }

  @ParameterizedTest
  @MethodSource("commandsOfCodes")
  void what_needs_codes_is_refused(List<String> quantizerAndCommand) throws IOException {
    Path run = run(quantizerAndCommand.get(0));
    Path picture = TestPicture.write(folder.resolve("in.png"), 16, 16);
    Path out = folder.resolve("out.png");
    List<String> before = files(run);
    CommandLineRun refused =
        switch (quantizerAndCommand.get(1)) {
          case "encode" -> vqvae("encode", run, picture, folder.resolve("out.vqa"));
          case "decode" -> vqvae("decode", run, folder.resolve("in.vqa"), out);
          case "convert" -> vqvae("convert", run, picture, out, "--class", "A");
          default -> vqvae(quantizerAndCommand.get(1), run);
        };
    refused.failed(CommandLineRun.USAGE, NO_CODES);
    assertThat(files(folder)).containsExactly("in.png");
    assertThat(files(run)).isEqualTo(before);
  }

  @Test
  void samples_of_a_gaussian_are_drawn_from_its_latents() throws IOException {
    // When samples are drawn twice, and once with another seed
    Path run = run("gaussian");
    vqvae("sample", run, "--out", folder.resolve("one")).worked();
    vqvae("sample", run, "--out", folder.resolve("two")).worked();
    vqvae("sample", run, "--seed", 2, "--out", folder.resolve("two")).worked();
    // Then the same seed gives the same bytes, and another one others
    Path one = folder.resolve("one/latents-1.png");
    assertThat(folder.resolve("two/latents-1.png")).hasSameBinaryContentAs(one);
    assertThat(Files.readAllBytes(folder.resolve("two/latents-2.png")))
        .isNotEqualTo(Files.readAllBytes(one));
  }

  @Test
  void samples_of_a_gaussian_are_of_the_size_that_was_asked_for() {
    vqvae("sample", run("gaussian"), "--count", 1, "--size", "18x41", "--out", folder).worked();
    assertThat(TestPicture.size(folder.resolve("latents-1.png"))).containsExactly(41, 18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--temperature", "--top-k"})
  void samples_of_a_gaussian_are_not_chosen_among_codes(String option) throws IOException {
    vqvae("sample", run("gaussian"), option, 2, "--out", folder.resolve("out"))
        .failed(
            CommandLineRun.USAGE,
            "--temperature and --top-k choose among codes, but this model has none: its samples"
                + " are drawn from N(0, I); leave them out");
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void samples_of_latents_without_a_distribution_are_refused() throws IOException {
    vqvae("sample", run("none"), "--out", folder.resolve("out"))
        .failed(
            CommandLineRun.USAGE,
            "this model's latents have no distribution to draw from; choose quantizer"
                + " \"gaussian\", or one with codes and fit a prior to them");
    assertThat(files(folder)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "none"})
  void pictures_of_any_size_are_reconstructed(String quantizer) {
    Path picture = TestPicture.write(folder.resolve("in.png"), 21, 18);
    vqvae("reconstruct", run(quantizer), picture, "--out", folder.resolve("made")).worked();
    assertThat(TestPicture.size(folder.resolve("made/in.png"))).containsExactly(21, 18 + 1 + 18);
  }

  @Test
  void codes_without_a_prior_are_extracted_but_not_sampled_from() {
    // Given a run with codes and no prior
    Path run = folder.resolve("run");
    TinyRun.begin("run", run, "prior=none").worked();
    // Then
    vqvae("extract", run).worked();
    vqvae("sample", run)
        .failed(
            CommandLineRun.USAGE,
            "this run has no prior (prior = none), so there is nothing to draw codes from; train a"
                + " run with a prior (vqvae list)");
    vqvae("train-prior", run)
        .failed(
            CommandLineRun.USAGE,
            "this run has no prior (prior = none), so there is none to train; train a run with a"
                + " prior (vqvae list)");
  }
}
