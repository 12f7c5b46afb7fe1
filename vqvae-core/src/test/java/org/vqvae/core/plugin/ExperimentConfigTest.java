package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Medium;
import org.vqvae.core.config.ConfigReader;

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

  private static final String LISTED =
      Experiments.VALID
          + "quantizer { type = levels, levels = [{ type = residual, inner.decay = 0.5 }, ema] }\n";

  @TempDir Path folder;
  private Experiments experiments;

  @BeforeEach
  void writes_in_a_folder_of_its_own() {
    experiments = new Experiments(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {NESTED, LISTED})
  void written_down_and_loaded_again_is_the_same(String text) throws IOException {
    // GIVEN
    ExperimentConfig config = experiments.load(text);
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
    Catalog later =
        Experiments.catalog(
            """
            vqvae.experiment.seed = 7
            vqvae.defaults.quantizer.ema { decay = 0.1, dead-codes = none }
            """);

    // WHEN
    ExperimentConfig again = experiments.load(folder.resolve("config.json"), later);

    // THEN
    assertThat(again.resolved()).isEqualTo(config.resolved());
    assertThat(again.components()).isEqualTo(config.components());
    assertThat(again.settings()).isEqualTo(config.settings());
  }

  @Test
  void shows_every_setting() {
    assertThat(experiments.load(Experiments.VALID).render())
        .contains("\"type\" : \"residual-conv\"")
        .contains("\"decay\" : 0.99")
        .contains("\"threshold\" : 2.0")
        .contains("\"beta1\" : 0.9")
        .contains("\"latent-weight\" : 0.5")
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

  @Test
  void refuses_a_medium_that_no_module_brings() {
    ExperimentConfig config = experiments.load(Experiments.VALID);
    Medium series = new Medium("series", 16);

    assertThatExceptionOfType(IncompatibleException.class)
        .isThrownBy(() -> config.files(series))
        .withMessage(
            "no loaded module reads and writes files of medium \"series\" (there are none); add the"
                + " one that does to the class path, such as vqvae-series");
    assertThat(config.exhibits(series)).isEmpty();
    assertThat(config.keys(series)).isEmpty();
  }

  @Nested
  class Identity {
    private static final List<String> ROLES = List.of("model", "encoder", "quantizer");

    private String identity(String text, String... overrides) {
      return experiments.load(text, overrides).identity(ROLES);
    }

    @Test
    void is_types_and_what_differs_from_the_defaults() {
      assertThat(identity(Experiments.VALID))
          .isEqualTo(
              """
              model {"type":"flat"}
              encoder {"type":"residual-conv"}
              quantizer {"type":"ema"}\
              """);
      assertThat(identity(Experiments.VALID, "quantizer.decay=0.5", "model.latent-weight=1"))
          .isEqualTo(
              """
              model {"latent-weight":1.0,"type":"flat"}
              encoder {"type":"residual-conv"}
              quantizer {"decay":0.5,"type":"ema"}\
              """);
    }

    @Test
    void a_default_that_is_written_down_counts_as_a_default() {
      assertThat(
              identity(
                  Experiments.VALID,
                  "model=flat",
                  "quantizer.decay=0.990",
                  "quantizer.dead-codes={type = restart, threshold = 2}"))
          .isEqualTo(identity(Experiments.VALID));
    }

    @Test
    void parts_are_in_it_unless_they_are_what_their_place_has_by_default() {
      assertThat(identity(Experiments.VALID, "quantizer.dead-codes.threshold=3"))
          .endsWith("{\"dead-codes\":{\"threshold\":3.0,\"type\":\"restart\"},\"type\":\"ema\"}");
      assertThat(identity(Experiments.VALID, "quantizer.dead-codes=none"))
          .endsWith("{\"dead-codes\":{\"type\":\"none\"},\"type\":\"ema\"}");
      assertThat(identity(LISTED))
          .endsWith(
              "quantizer"
                  + " {\"levels\":[{\"inner\":{\"decay\":0.5,\"type\":\"ema\"},\"type\":\"residual\"},"
                  + "{\"type\":\"ema\"}],\"type\":\"levels\"}");
    }

    @Test
    void a_list_that_is_its_default_is_left_out() {
      assertThat(
              identity(
                  Experiments.VALID,
                  "quantizer={type = levels, levels = [{type = ema, decay = 0.9}, nearest]}"))
          .endsWith("quantizer {\"type\":\"levels\"}");
      assertThat(identity(Experiments.VALID, "quantizer={type = levels, levels = [nearest]}"))
          .endsWith("quantizer {\"levels\":[{\"type\":\"nearest\"}],\"type\":\"levels\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {Experiments.VALID, NESTED, LISTED})
    void is_that_of_the_config_that_was_written_down(String text) throws IOException {
      // GIVEN
      ExperimentConfig config = experiments.load(text);
      Path elsewhere = experiments.write("runs/1/config.json", "");

      // WHEN
      config.write(elsewhere);

      // THEN
      assertThat(experiments.load(elsewhere).identity(ROLES)).isEqualTo(config.identity(ROLES));
    }

    @Test
    void knows_no_role_that_an_experiment_lacks() {
      ExperimentConfig config = experiments.load(Experiments.VALID);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> config.identity(List.of("conductor")))
          .withMessage("an experiment has no conductor");
    }
  }

  @Nested
  class ASettingThatIsAddedLater {
    private static final List<String> ROLES = List.of("quantizer");
    private static final String TYPED =
        Experiments.VALID + "quantizer { type = grown, size = 8 }\n";

    record Grown() implements FakeModule.FakeQuantizer {
      record Settings() {}
    }

    private static Grown.Settings today(ConfigReader in) {
      in.integer("size").atLeast(1);
      return new Grown.Settings();
    }

    private static Grown.Settings later(ConfigReader in) {
      in.integer("size").atLeast(1);
      in.real("temperature").atLeast(0);
      in.section("window", window -> window.integer("length").atLeast(1));
      in.component(Bottleneck.class, "inner");
      in.components(Bottleneck.class, "levels");
      return new Grown.Settings();
    }

    private static VqvaePlugin module(Function<ConfigReader, Grown.Settings> reader) {
      return new VqvaePlugin() {
        @Override
        public String module() {
          return "growing-module";
        }

        @Override
        public void register(Catalog.Builder catalog) {
          catalog.add(Bottleneck.class, "grown", Grown.class, Grown.Settings.class, reader);
        }
      };
    }

    private String identityToday() {
      Catalog catalog =
          Experiments.catalog(
              "vqvae.defaults.quantizer.grown { size = 4 }",
              module(ASettingThatIsAddedLater::today));
      return experiments.load(experiments.write("a.conf", TYPED), catalog).identity(ROLES);
    }

    private String identityLater(String... overrides) {
      Catalog catalog =
          Experiments.catalog(
              """
              vqvae.defaults.quantizer.grown {
                size = 4
                temperature = 1
                window { length = 16 }
                inner { type = ema, decay = 0.9 }
                levels = [nearest, { type = ema, decay = 0.8 }]
              }
              """,
              module(ASettingThatIsAddedLater::later));
      return experiments
          .load(experiments.write("b.conf", TYPED), catalog, overrides)
          .identity(ROLES);
    }

    @Test
    void leaves_the_identity_as_it_was_while_it_has_its_default() {
      assertThat(identityToday()).isEqualTo("quantizer {\"size\":8,\"type\":\"grown\"}");
      assertThat(identityLater()).isEqualTo(identityToday());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "quantizer.temperature=0.5",
          "quantizer.window.length=8",
          "quantizer.inner=nearest",
          "quantizer.inner.decay=0.8",
          "quantizer.levels=[nearest]"
        })
    void changes_it_with_another_value(String override) {
      assertThat(identityLater(override)).isNotEqualTo(identityToday());
    }
  }
}
