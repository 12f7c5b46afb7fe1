package org.vqvae.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.cli.Cli.vqvae;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.report.Results;

/** One line of config puts another quantizer, or another prior, in an experiment's place. */
class SwapTest {
  @TempDir Path folder;

  static Stream<Arguments> quantizersAndPriors() {
    Catalog catalog = Catalog.load(SwapTest.class.getClassLoader());
    return catalog.types("quantizer").stream()
        .flatMap(
            quantizer ->
                catalog.types("prior").stream().map(prior -> Arguments.of(quantizer, prior)));
  }

  @ParameterizedTest
  @MethodSource("quantizersAndPriors")
  void any_quantizer_goes_with_any_prior_from_data_to_report(String quantizer, String prior)
      throws Exception {
    // When an experiment runs with one line for each changed
    Path run = folder.resolve("run");
    Cli cli =
        vqvae(
            "run",
            TinyRun.experiment(folder),
            "--out",
            run,
            "--set",
            "quantizer.type=" + quantizer,
            "--set",
            "prior.type=" + prior);

    // Then it ends well, and leaves all that a run leaves
    assertThat(cli.err()).isEmpty();
    assertThat(cli.code()).isEqualTo(ExitCode.OK);
    assertThat(cli.out()).endsWith("report: " + run.resolve("report.html") + "\n");
    for (String file :
        List.of(
            "config.resolved.conf",
            "provenance.json",
            "metrics.jsonl",
            "autoencoder.safetensors",
            "prior-uniform.safetensors",
            "prior-unigram.safetensors",
            "prior-%s.safetensors".formatted(prior),
            "codes/train.codes",
            "codes/validation.codes",
            "codes/test.codes")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    assertFigures(Results.read(run.resolve("results.json")), prior);
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(run.resolve("report.html").toFile())
                .getElementsByTagName("img")
                .getLength())
        .isPositive();
  }

  private static void assertFigures(Results results, String prior) {
    List<String> keys = results.entries().stream().map(entry -> entry.key().name()).toList();
    assertThat(keys)
        .contains(
            "run.experiment",
            "run.seed",
            "data.fingerprint",
            "codes.codebook-size",
            "codes.code-dim",
            "codes.positions",
            "train.steps",
            "train.nll",
            "test.mse",
            "test.nmse",
            "test.perplexity",
            "test.batch-perplexity",
            "test.codes-used",
            "bound.distortion",
            "time.train")
        .contains(
            "prior.uniform.bits-per-code",
            "prior.unigram.bits-per-code",
            "prior.%s.bits-per-code".formatted(prior),
            "bound.%s.rate".formatted(prior),
            "bound.%s.bits-per-dim".formatted(prior));
    // a code of 16 costs 4 bits when nothing is known
    assertThat(
            results.entries().stream()
                .filter(entry -> entry.key().name().equals("prior.uniform.bits-per-code"))
                .findFirst()
                .orElseThrow()
                .value())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.DOUBLE)
        // logits are FLOAT, and oneDNN's logarithm is good to about 1e-6 of its value
        .isCloseTo(4, org.assertj.core.api.Assertions.within(1e-5));
  }
}
