package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentConfigTest {
  private static final String NESTED =
      """
      name = nested
      data { type = folder, folder = pictures }
      encoder { type = residual-conv, channels = 16 }
      quantizer { type = residual, depth = 3, inner { type = residual, inner { type = ema, decay = 0.5 } } }
      decoder = residual-conv
      prior = uniform
      sampling.temperature = 1
      """;

  @TempDir Path folder;
  private Experiments experiments;

  @BeforeEach
  void writes_in_a_folder_of_its_own() {
    experiments = new Experiments(folder);
  }

  @Test
  void written_down_and_loaded_again_is_the_same() throws IOException {
    // GIVEN
    ExperimentConfig config = experiments.load(NESTED);
    Path elsewhere = experiments.write("runs/1/config.json", "");

    // WHEN
    config.write(elsewhere);
    ExperimentConfig again = experiments.load(elsewhere);

    // THEN
    assertThat(again).isEqualTo(config);
    assertThat(again.render()).isEqualTo(config.render());
    assertThat(again.fingerprint()).isEqualTo(config.fingerprint());
  }

  @Test
  void is_not_changed_by_later_defaults() throws IOException {
    // GIVEN
    ExperimentConfig config = experiments.load(Experiments.VALID);
    config.write(experiments.write("config.json", ""));
    ClassLoader loader = getClass().getClassLoader();
    Catalog later =
        Catalog.of(
            List.of(new FakeModule()),
            ConfigFactory.parseString(
                    """
                    vqvae.experiment.seed = 7
                    vqvae.defaults.quantizer.ema { decay = 0.1, dead-codes = none }
                    """)
                .withFallback(
                    ConfigFactory.parseResources(loader, "org/vqvae/core/plugin/fake-module.conf"))
                .withFallback(Catalog.referenceOf(loader)),
            loader);

    // WHEN
    ExperimentConfig again =
        new ExperimentLoader(later, experiments.notes::add)
            .load(folder.resolve("config.json"), List.of());

    // THEN
    assertThat(again).isEqualTo(config);
  }

  @Test
  void shows_every_setting() {
    assertThat(experiments.load(Experiments.VALID).render())
        .contains("\"type\" : \"residual-conv\"")
        .contains("\"decay\" : 0.99")
        .contains("\"threshold\" : 2.0")
        .contains("\"beta1\" : 0.9")
        .contains("\"kernels\" : \"auto\"");
  }

  @Test
  void has_the_fingerprint_of_its_settings_however_they_were_written() {
    // GIVEN
    String said = experiments.load(Experiments.VALID).fingerprint();

    // THEN
    assertThat(said).matches("[0-9a-f]{64}");
    assertThat(experiments.load("seed = 1.0\n" + Experiments.VALID).fingerprint()).isEqualTo(said);
    assertThat(experiments.load(Experiments.VALID, "quantizer.decay=0.990").fingerprint())
        .isEqualTo(said);
    assertThat(experiments.load(Experiments.VALID, "quantizer.decay=0.98").fingerprint())
        .isNotEqualTo(said);
    assertThat(experiments.load(Experiments.VALID, "seed=2").fingerprint()).isNotEqualTo(said);
  }
}
