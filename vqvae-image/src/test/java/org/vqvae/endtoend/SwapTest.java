package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.report.KeyCatalog;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.testing.CommandLineRun;

/** One line of config puts another quantizer, or another prior, in an experiment's place. */
class SwapTest {
  @TempDir Path folder;

  /** All but the one that cannot model several codes a position. */
  static Stream<Arguments> quantizersAndPriors() {
    return EveryComponentTest.quantizers()
        .flatMap(quantizer -> EveryComponentTest.priors().map(prior -> List.of(quantizer, prior)))
        .filter(pair -> !pair.equals(List.of("residual", "pixelcnn")))
        .map(pair -> Arguments.of(pair.toArray()));
  }

  private static String choice(String role, String type) {
    return type.equals("residual") ? TinyRun.TWO_LEVELS : "%s.type=%s".formatted(role, type);
  }

  @ParameterizedTest
  @MethodSource("quantizersAndPriors")
  void any_quantizer_goes_with_any_prior_from_data_to_report(String quantizer, String prior)
      throws Exception {
    // When an experiment runs with one line for each changed
    Path run = folder.resolve("run");
    CommandLineRun command =
        TinyRun.begin("run", run, choice("quantizer", quantizer), choice("prior", prior));

    // Then it ends well, and leaves all that a run leaves
    assertThat(command.worked().out()).endsWith("report: " + run.resolve("report.html") + "\n");
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
    assertFigures(Results.read(run.resolve("results.json"), KeyCatalog.core()), quantizer, prior);
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(run.resolve("report.html").toFile())
                .getElementsByTagName("img")
                .getLength())
        .isPositive();
  }

  private static void assertFigures(Results results, String quantizer, String prior) {
    List<String> keys = results.entries().stream().map(entry -> entry.key().name()).toList();
    assertThat(keys)
        .contains(
            "run.experiment",
            "run.seed",
            "data.fingerprint",
            "latents.dim",
            "latents.positions",
            "codes.count",
            "codes.bits",
            "train.steps",
            "train.loss.nll",
            "test.loss.nll",
            "test.loss.commitment",
            "test.weight.commitment",
            "test.mse",
            "test.nmse",
            "bound.distortion",
            "time.train")
        .contains(
            "prior.uniform.bits-per-code",
            "prior.unigram.bits-per-code",
            "prior.%s.bits-per-code".formatted(prior),
            "bound.%s.rate".formatted(prior),
            "bound.%s.bits-per-dim".formatted(prior));
    for (String codebook : codebooks(quantizer)) {
      assertThat(keys)
          .contains(
              "codebook.%s.size".formatted(codebook),
              "codebook.%s.perplexity".formatted(codebook),
              "codebook.%s.batch-perplexity".formatted(codebook),
              "codebook.%s.used".formatted(codebook));
    }
    // a code of 16 costs 4 bits when nothing is known, and one of 8 costs 3
    assertThat(results.number(ResultKeys.PRIOR_BITS.of("uniform")).orElseThrow())
        // logits are FLOAT, and oneDNN's logarithm is good to about 1e-6 of its value
        .isCloseTo(quantizer.equals("residual") ? 3.5 : 4, within(1e-5));
  }

  private static List<String> codebooks(String quantizer) {
    return quantizer.equals("residual") ? List.of("codes", "codes-2") : List.of("codes");
  }
}
