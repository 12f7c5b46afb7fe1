package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.array;
import static org.vqvae.quantizers.Given.bound;
import static org.vqvae.quantizers.Given.parameter;
import static org.vqvae.quantizers.Given.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.CorePlugin;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.random.RandomStreams;

/** What an experiment's {@code quantizer { ... }} becomes. */
class ChosenByConfigTest {
  private final RandomStreams streams = new RandomStreams(1);
  @TempDir private Path folder;

  private Bottleneck chosen(String quantizer) throws IOException {
    Path file = folder.resolve("chosen.conf");
    Files.writeString(
        file, "data = any, encoder = any, decoder = any, prior = none, quantizer " + quantizer);
    ClassLoader loader = getClass().getClassLoader();
    Catalog catalog =
        Catalog.of(
            List.of(new CorePlugin(), new QuantizersPlugin(), new StandIns()),
            Catalog.referenceOf(loader),
            loader);
    return new Components(
            new ExperimentLoader(catalog, note -> {}).load(file, List.of()), Given.KERNELS, streams)
        .get(Bottleneck.class);
  }

  private static List<String> names(Bottleneck bottleneck) {
    return bottleneck.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void parameters_and_random_streams_are_named_after_the_place() throws IOException {
    Bottleneck ema = chosen("{ type = ema, codebook-init = k-means }");
    assertThat(names(ema))
        .containsExactly(
            "quantizer/codebook",
            "quantizer/codebook-fit/batches",
            "quantizer/codebook-fit/weights",
            "quantizer/ema-counts/hidden",
            "quantizer/ema-counts/steps",
            "quantizer/ema-sums/hidden",
            "quantizer/ema-sums/steps");
    assertThat(streams.states())
        .containsOnlyKeys("quantizer/codebook-init", "quantizer/dead-codes");
  }

  @Test
  void levels_of_a_residual_have_places_of_their_own() throws IOException {
    Quantizer residual =
        (Quantizer)
            chosen(
                """
                {
                  type = residual
                  levels = [
                    { type = nearest, codebook-size = 8, code-dim = 4 }
                    { type = nearest, codebook-size = 6, code-dim = 4 }
                  ]
                }
                """);
    assertThat(residual.codebookSizes()).containsExactly(8, 6);
    assertThat(names(residual))
        .containsExactly(
            "quantizer/level-1/codebook",
            "quantizer/level-1/usage/hidden",
            "quantizer/level-1/usage/steps",
            "quantizer/level-2/codebook",
            "quantizer/level-2/usage/hidden",
            "quantizer/level-2/usage/steps");
    assertThat(streams.states())
        .containsOnlyKeys(
            "quantizer/level-1/codebook-init",
            "quantizer/level-1/dead-codes",
            "quantizer/level-2/codebook-init",
            "quantizer/level-2/dead-codes");
  }

  @Test
  void a_residual_has_four_levels_unless_others_are_listed() throws IOException {
    Quantizer residual = (Quantizer) chosen("{ type = residual }");
    assertThat(residual.codebookSizes()).containsExactly(512, 512, 512, 512);
  }

  @Test
  void a_residual_of_nothing_is_refused() {
    assertThatThrownBy(() -> chosen("{ type = residual, levels = [] }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("quantizer.levels")
        .hasMessageContaining("a residual of nothing: list at least one quantizer");
  }

  @Test
  void a_level_without_codes_is_refused_by_its_type() {
    assertThatThrownBy(() -> chosen("{ type = residual, levels = [ema, gaussian] }"))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageStartingWith("level 2 (gaussian) of a residual has no codes");
  }

  @Test
  void an_estimator_of_a_third_party_is_chosen_by_its_name() throws IOException {
    // Given one code, at a right angle to the latent and twice as long
    Bottleneck nearest =
        bound(chosen("{ type = nearest, codebook-size = 1, code-dim = 2, estimator = rotation }"));
    parameter(nearest, "codebook").assign(array(row(0, 10)));
    // When
    INDArray gradient =
        nearest.apply(array(row(3, 4)), Phase.EVAL).pullback().apply(array(row(1, 0)), 0);
    // Then
    assertThatArray(gradient).isCloseTo(array(row(1.6, -1.2)), 5e-6);
  }

  @Test
  void bottlenecks_without_codes_say_what_they_want_from_the_encoder() throws IOException {
    Bottleneck gaussian = chosen("{ type = gaussian, latent-dim = 5 }");
    assertThat(List.of(gaussian.inputDim(), gaussian.outputDim())).containsExactly(10, 5);
    Bottleneck none = chosen("{ type = none, latent-dim = 5 }");
    assertThat(List.of(none.inputDim(), none.outputDim())).containsExactly(5, 5);
  }
}
