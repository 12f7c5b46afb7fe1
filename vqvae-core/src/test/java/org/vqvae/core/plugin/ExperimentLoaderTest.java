package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Model;
import org.vqvae.core.Optimizer;
import org.vqvae.core.Prior;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ExperimentSettings.KernelChoice;
import org.vqvae.core.config.ExperimentSettings.Precision;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.plugin.FakeModule.DeadCodePolicy;
import org.vqvae.core.plugin.FakeModule.Ema;
import org.vqvae.core.plugin.FakeModule.Flat;
import org.vqvae.core.plugin.FakeModule.Folder;
import org.vqvae.core.plugin.FakeModule.KeepDead;
import org.vqvae.core.plugin.FakeModule.Levels;
import org.vqvae.core.plugin.FakeModule.NearestCode;
import org.vqvae.core.plugin.FakeModule.Restart;
import org.vqvae.core.plugin.FakeModule.Stripes;
import org.vqvae.core.plugin.FakeModule.Uniform;

class ExperimentLoaderTest {
  private static final Chosen<DeadCodePolicy> RESTART =
      new Chosen.Placed<>(DeadCodePolicy.class, "restart", "quantizer.dead-codes");

  @TempDir Path folder;
  private Experiments experiments;

  @BeforeEach
  void writes_in_a_folder_of_its_own() {
    experiments = new Experiments(folder);
  }

  @Test
  void five_names_are_an_experiment() {
    // WHEN
    ExperimentConfig config = experiments.load(Experiments.VALID);

    // THEN
    assertThat(config.components())
        .extracting(Selected::path)
        .containsExactly("data", "model", "encoder", "quantizer", "decoder", "prior");
    assertThat(config.parts())
        .extracting(Selected::path)
        .containsExactly(
            "autoencoder.optimizer",
            "autoencoder.schedule",
            "prior-training.optimizer",
            "prior-training.schedule");
    assertThat(config.selected(Encoder.class).type()).isEqualTo("residual-conv");
    assertThat(config.selected(Decoder.class).module()).isEqualTo("fake-module");
    assertThat(config.selected(Prior.class).implementation()).isEqualTo(Uniform.class);
  }

  @Test
  void settings_that_are_not_said_come_from_reference_conf() {
    // WHEN
    ExperimentConfig config = experiments.load(Experiments.VALID);

    // THEN
    assertThat(config.settings().seed()).isEqualTo(1);
    assertThat(config.settings().engine().kernels()).isEqualTo(KernelChoice.AUTO);
    assertThat(config.settings().engine().precision()).isEqualTo(Precision.FLOAT32);
    assertThat(config.selected(Model.class).settings()).isEqualTo(new Flat.Settings(0.5));
    assertThat(config.settings().autoencoder().training().optimizer())
        .isEqualTo(new Chosen.Placed<>(Optimizer.class, "adam", "autoencoder.optimizer"));
    assertThat(config.settings().autoencoder().training().accumulate()).isEqualTo(1);
    assertThat(config.settings().autoencoder().training().clipNorm()).isZero();
    assertThat(config.settings().priorTraining().training().learningRate()).isEqualTo(1e-3);
    assertThat(config.settings().sampling().topK()).isZero();
    assertThat(config.selected(Bottleneck.class).settings())
        .isEqualTo(new Ema.Settings(RESTART, 512, 0.25, 0.99));
  }

  @Test
  void an_experiment_is_named_after_its_file_unless_it_says_a_name() {
    Path file = experiments.write("small glyphs.conf", Experiments.VALID);

    assertThat(experiments.load(file).settings().name()).isEqualTo("small-glyphs");
    assertThat(experiments.load(file, "name=mine").settings().name()).isEqualTo("mine");
  }

  @Nested
  class Layers {

    @Test
    void the_command_line_goes_above_the_file_and_the_file_above_defaults() {
      // GIVEN
      String text = Experiments.VALID + "autoencoder { steps = 5, batch-size = 6 }\n";

      // WHEN
      ExperimentConfig config =
          experiments.load(text, "autoencoder.steps=7", "autoencoder.steps=8");

      // THEN
      assertThat(config.settings().autoencoder().training().steps()).isEqualTo(8);
      assertThat(config.settings().autoencoder().training().batchSize()).isEqualTo(6);
      assertThat(config.settings().autoencoder().training().logEvery()).isEqualTo(100);
    }

    @Test
    void defaults_of_a_part_in_its_place_go_above_those_of_its_type() {
      // GIVEN ema's own default for dead codes, restart with a threshold of 2; that of restart
      // itself is 1
      assertThat(partOf(experiments.load(Experiments.VALID)).settings())
          .isEqualTo(new Restart.Settings(2));
    }

    @Test
    void a_part_of_another_type_does_not_inherit_them() {
      // WHEN
      ExperimentConfig config = experiments.load(Experiments.VALID, "quantizer.dead-codes=none");

      // THEN
      assertThat(partOf(config).settings()).isEqualTo(new KeepDead.Settings());
    }

    @Test
    void null_takes_a_setting_back_to_its_default() {
      String text = Experiments.VALID + "sampling.count = 3\n";

      assertThat(experiments.load(text, "sampling.count=null").settings().sampling().count())
          .isEqualTo(64);
    }

    @Test
    void a_substitution_follows_an_override() {
      // GIVEN
      String text = Experiments.VALID + "sampling.count = 3\nsampling.top-k = ${sampling.count}\n";

      // WHEN
      ExperimentConfig config = experiments.load(text, "sampling.count=5");

      // THEN
      assertThat(config.settings().sampling().topK()).isEqualTo(5);
    }

    @Test
    void a_preset_of_the_class_path_can_be_included_and_changed() {
      // GIVEN
      String text =
          """
          include classpath("org/vqvae/core/plugin/preset.conf")
          data.size = 64
          quantizer.decay = 0.5
          """;

      // WHEN
      ExperimentConfig config = experiments.load(text);

      // THEN
      assertThat(config.selected(Bottleneck.class).settings())
          .isEqualTo(new Ema.Settings(RESTART, 64, 0.25, 0.5));
      assertThat(((Stripes.Settings) config.selected(Dataset.class).settings()).size())
          .isEqualTo(64);
    }

    private Selected<?> partOf(ExperimentConfig config) {
      return config.selected(Bottleneck.class).parts().get(0);
    }
  }

  @Nested
  class ListsOfParts {
    private static final String LEVELS =
        Experiments.VALID
            + "quantizer { type = levels, levels = [{ type = ema, decay = 0.5 }, nearest, ema] }\n";

    @Test
    void are_read_in_their_order_each_with_the_defaults_of_its_type() {
      // WHEN
      Selected<Bottleneck> quantizer = experiments.load(LEVELS).selected(Bottleneck.class);

      // THEN
      assertThat(((Levels.Settings) quantizer.settings()).levels())
          .containsExactly(
              level("ema", "levels[0]"), level("nearest", "levels[1]"), level("ema", "levels[2]"));
      assertThat(quantizer.parts())
          .extracting(Selected::path)
          .containsExactly(
              "quantizer.first",
              "quantizer.levels[0]",
              "quantizer.levels[1]",
              "quantizer.levels[2]");
      assertThat(quantizer.parts().get(1).settings())
          .isEqualTo(new Ema.Settings(restartOf("levels[0]"), 512, 0.25, 0.5));
      assertThat(quantizer.parts().get(2).settings())
          .isEqualTo(new NearestCode.Settings(512, 0.25));
    }

    @Test
    void have_a_default_as_a_whole() {
      // WHEN
      ExperimentConfig config = experiments.load(Experiments.VALID, "quantizer=levels");

      // THEN
      assertThat(config.selected(Bottleneck.class).parts().get(1).settings())
          .isEqualTo(new Ema.Settings(restartOf("levels[0]"), 512, 0.25, 0.9));
    }

    @Test
    void can_be_written_on_the_command_line() {
      // WHEN
      ExperimentConfig config =
          experiments.load(LEVELS, "quantizer.levels=[{type = ema, dead-codes = none}]");

      // THEN
      assertThat(config.selected(Bottleneck.class).parts()).hasSize(2);
      assertThat(config.render()).contains("\"none\"");
    }

    @Test
    void of_another_type_are_left_out_as_a_whole() {
      // WHEN
      experiments.load(LEVELS, "quantizer.type=ema");

      // THEN
      assertThat(experiments.notes)
          .containsExactly(
              "quantizer.levels (line 6) is left out: it belongs to quantizer \"levels\", and --set"
                  + " chose \"ema\"");
    }

    private Chosen<Bottleneck> level(String type, String key) {
      return new Chosen.Placed<>(Bottleneck.class, type, "quantizer." + key);
    }

    private Chosen<DeadCodePolicy> restartOf(String key) {
      String path = "quantizer." + key + ".dead-codes";
      return new Chosen.Placed<>(DeadCodePolicy.class, "restart", path);
    }
  }

  @Nested
  class Baselines {

    @Test
    void are_those_that_the_modules_mark() {
      // GIVEN
      Catalog catalog = Experiments.catalog(module(it -> it.baseline(Prior.class, "uniform")));
      Path file = experiments.write("experiment.conf", Experiments.VALID);

      // THEN
      assertThat(experiments.load(file).baselines()).isEmpty();
      assertThat(experiments.load(file, catalog).baselines())
          .extracting(Selected::type)
          .containsExactly("uniform");
    }

    @Test
    void do_without_settings_of_the_experiment() {
      // GIVEN a baseline with a setting that has no default
      Catalog catalog =
          Experiments.catalog(
              module(
                  it ->
                      it.add(
                              Prior.class,
                              "eager",
                              Uniform.class,
                              String.class,
                              in -> in.text("name"))
                          .baseline(Prior.class, "eager")));
      Path file = experiments.write("experiment.conf", Experiments.VALID);

      // THEN
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> experiments.load(file, catalog))
          .withMessageContaining("baselines.eager.name: prior \"eager\" needs a text");
    }

    private VqvaePlugin module(Consumer<Catalog.Builder> components) {
      return new VqvaePlugin() {
        @Override
        public String module() {
          return "comparing-module";
        }

        @Override
        public void register(Catalog.Builder catalog) {
          components.accept(catalog);
        }
      };
    }
  }

  @Nested
  class SwappingATypeOnTheCommandLine {
    private static final String TUNED =
        Experiments.VALID.replace(
            "quantizer = ema",
            "quantizer { type = ema, codebook-size = 32, decay = 0.9, dead-codes = none }");

    @Test
    void keeps_what_the_new_type_knows_and_tells_what_it_left_out() {
      // WHEN
      ExperimentConfig config = experiments.load(TUNED, "quantizer.type=nearest");

      // THEN
      assertThat(config.selected(Bottleneck.class).settings())
          .isEqualTo(new NearestCode.Settings(32, 0.25));
      assertThat(experiments.notes)
          .containsExactly(
              "quantizer.dead-codes (line 3) is left out: it belongs to quantizer \"ema\", and"
                  + " --set chose \"nearest\"",
              "quantizer.decay (line 3) is left out: it belongs to quantizer \"ema\", and --set"
                  + " chose \"nearest\"");
      assertThat(config.render()).doesNotContain("\"decay\"", "dead-codes");
    }

    @Test
    void by_its_name_alone_takes_the_new_type_with_its_defaults() {
      // WHEN
      ExperimentConfig config = experiments.load(TUNED, "quantizer=nearest");

      // THEN
      assertThat(config.selected(Bottleneck.class).settings())
          .isEqualTo(new NearestCode.Settings(512, 0.25));
      assertThat(experiments.notes).isEmpty();
    }

    @Test
    void and_setting_it_up_works_in_two_steps() {
      // WHEN
      ExperimentConfig config =
          experiments.load(TUNED, "quantizer=nearest", "quantizer.commitment-cost=1");

      // THEN
      assertThat(config.selected(Bottleneck.class).settings())
          .isEqualTo(new NearestCode.Settings(32, 1));
    }
  }

  @Nested
  class Values {

    @Test
    void a_relative_path_is_meant_from_the_folder_of_the_file_that_says_it() {
      // GIVEN
      experiments.write("presets/data.conf", "data { type = folder, folder = pictures }\n");
      String text = Experiments.VALID + "include \"presets/data.conf\"\n";

      // THEN
      assertThat(experiments.load(text).selected(Dataset.class).settings())
          .isEqualTo(new Folder.Settings(folder.resolve("presets/pictures")));
      assertThat(experiments.load(text, "data.folder=here").selected(Dataset.class).settings())
          .isEqualTo(new Folder.Settings(Path.of("here").toAbsolutePath()));
    }

    @Test
    void an_override_is_taken_as_it_is_where_a_file_would_need_quotes() {
      // GIVEN
      String text = Experiments.VALID.replace("data = stripes", "data { type = folder }");

      // THEN
      for (String path : List.of("/data/a b", "/data/c:d", "/data/#1", "/data//e")) {
        assertThat(experiments.load(text, "data.folder=" + path).selected(Dataset.class).settings())
            .isEqualTo(new Folder.Settings(Path.of(path)));
      }
    }

    @Test
    void a_whole_number_may_have_an_exponent_or_quotes() {
      ExperimentConfig config =
          experiments.load(
              Experiments.VALID + "autoencoder.steps = 5e4\nprior-training.steps = \"12\"\n");

      assertThat(config.settings().autoencoder().training().steps()).isEqualTo(50_000);
      assertThat(config.settings().priorTraining().training().steps()).isEqualTo(12);
    }

    @Test
    void choices_lists_and_flags_are_read() {
      String stripes =
          "data { type = stripes, colour = black-and-white, widths = [1, 3], diagonal = true }\n";

      assertThat(experiments.load(Experiments.VALID + stripes).selected(Dataset.class).settings())
          .isEqualTo(new Stripes.Settings(32, Stripes.Colour.BLACK_AND_WHITE, List.of(1, 3), true));
    }
  }
}
