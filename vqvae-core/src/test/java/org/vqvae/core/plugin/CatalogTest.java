package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Medium;
import org.vqvae.core.Model;
import org.vqvae.core.Optimizer;
import org.vqvae.core.Prior;
import org.vqvae.core.RateSchedule;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.Setting;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.plugin.FakeModule.DeadCodePolicy;
import org.vqvae.core.plugin.FakeModule.NearestCode;
import org.vqvae.core.plugin.FakeModule.Uniform;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKey;
import org.vqvae.core.report.Results;

class CatalogTest {
  private static final Medium IMAGE = new Medium("image", 255);

  @Test
  void lists_what_there_is() {
    Catalog catalog = Experiments.catalog();

    assertThat(catalog.modules()).containsExactly("fake-module");
    assertThat(catalog.roles())
        .containsExactly(
            "data",
            "dead-codes",
            "decoder",
            "encoder",
            "model",
            "optimizer",
            "prior",
            "quantizer",
            "schedule");
    assertThat(catalog.types("quantizer")).containsExactly("ema", "levels", "nearest", "residual");
    assertThat(catalog.types("no-such-role")).isEmpty();
  }

  @Test
  void explains_a_component_from_its_reference_conf() {
    // WHEN
    Description ema = Experiments.catalog().describe("quantizer", "ema").orElseThrow();

    // THEN
    assertThat(ema.module()).isEqualTo("fake-module");
    assertThat(ema.comment())
        .containsExactly(
            "A codebook that follows the latents by moving averages.",
            "van den Oord et al. 2017, https://arxiv.org/abs/1711.00937, appendix A.1.");
    assertThat(ema.settings())
        .containsExactly(
            new Setting(
                "dead-codes",
                "one of none, restart",
                Optional.of("{threshold=2,type=restart}"),
                List.of("What becomes of codes that are not used.")),
            new Setting(
                "codebook-size", "a whole number, at least 2", Optional.of("512"), List.of("K.")),
            new Setting(
                "commitment-cost",
                "a number, at least 0",
                Optional.of("0.25"),
                List.of("Beta, equation 3.")),
            new Setting(
                "decay",
                "a number, between 0 and 1",
                Optional.of("0.99"),
                List.of("Gamma, equations 6 and 7.")));
  }

  @Test
  void a_setting_without_default_has_to_be_said() {
    Description data = Experiments.catalog().describe("data", "folder").orElseThrow();

    assertThat(data.settings())
        .containsExactly(
            new Setting(
                "folder",
                "a path",
                Optional.empty(),
                List.of("The folder; each of its folders is a class.")));
  }

  @Test
  void explains_a_list_of_parts() {
    Description levels = Experiments.catalog().describe("quantizer", "levels").orElseThrow();

    assertThat(levels.settings())
        .containsExactly(
            new Setting(
                "first",
                "one of ema, levels, nearest, residual",
                Optional.of("\"nearest\""),
                List.of("The first of them.")),
            new Setting(
                "levels",
                "a list, each one of ema, levels, nearest, residual",
                Optional.of("[{\"decay\":0.9,\"type\":\"ema\"},\"nearest\"]"),
                List.of("Those that follow, in order.")));
  }

  @Test
  void explains_the_experiment_itself_and_leaves_no_setting_without_a_word() {
    List<Setting> settings = Experiments.catalog().describeExperiment();

    assertThat(settings)
        .extracting(Setting::key)
        .contains(
            "name", "seed", "model", "engine.precision", "autoencoder.optimizer", "sampling.top-k");
    assertThat(settings).allSatisfy(setting -> assertThat(setting.comment()).isNotEmpty());
    assertThat(settings)
        .filteredOn(setting -> setting.initial().isEmpty())
        .extracting(Setting::key)
        .containsExactly("data", "encoder", "quantizer", "decoder", "prior");
  }

  @Test
  void an_interface_that_nobody_named_has_its_own_name_in_config() {
    interface CodebookInitializer {}

    Catalog catalog = Experiments.catalog();

    assertThat(catalog.roleName(CodebookInitializer.class)).isEqualTo("codebook-initializer");
    assertThat(catalog.roleName(DeadCodePolicy.class)).isEqualTo("dead-codes");
    assertThat(
            List.of(
                Dataset.class,
                Model.class,
                Encoder.class,
                Bottleneck.class,
                Decoder.class,
                Prior.class,
                Optimizer.class,
                RateSchedule.class))
        .extracting(catalog::roleName)
        .containsExactly(
            "data", "model", "encoder", "quantizer", "decoder", "prior", "optimizer", "schedule");
  }

  @Nested
  class Flaws {

    @Test
    void a_well_kept_module_has_none() {
      assertThat(Experiments.catalog().flaws()).isEmpty();
    }

    @Test
    void are_told() {
      // GIVEN
      String reference =
          """
          vqvae.defaults.quantizer.nearest {
            # K.
            codebook-size = 1
            commitment-cost = 0.25
            # Was renamed.
            beta = 0.25
          }
          """;

      // WHEN
      Catalog catalog =
          Catalog.of(
              List.of(
                  module(
                      "sloppy",
                      it ->
                          it.add(
                              Bottleneck.class,
                              "nearest",
                              NearestCode.class,
                              NearestCode.Settings.class,
                              NearestCode.Settings::read))),
              ConfigFactory.parseString(reference),
              getClass().getClassLoader());

      // THEN
      assertThat(catalog.flaws())
          .containsExactly(
              "[config/out-of-range] quantizer.nearest.codebook-size = 1 (line 3): must be at least"
                  + " 2. Default 1.",
              "[config/unknown-key] quantizer.nearest.beta (line 6): not a setting of"
                  + " quantizer.nearest.\n"
                  + "     settings: codebook-size, commitment-cost\n"
                  + "     try: vqvae explain quantizer.nearest",
              "quantizer.nearest.commitment-cost: no comment in reference.conf",
              "quantizer.nearest: no comment in reference.conf that says what it is");
    }
  }

  @Nested
  class Modules {
    @TempDir Path folder;

    @Test
    void one_that_nobody_here_knows_is_found_on_the_class_path() throws IOException {
      // GIVEN
      write("META-INF/services/org.vqvae.core.plugin.VqvaePlugin", ThirdParty.class.getName());
      write(
          "reference.conf",
          """
          vqvae.defaults.prior.flat {
            # Nats to add.
            nats = 3
          }
          """);

      // WHEN
      try (URLClassLoader loader = loader()) {
        Catalog catalog = Catalog.load(loader);

        // THEN
        assertThat(catalog.modules()).contains("third-party");
        assertThat(catalog.types("prior")).contains("flat");
        assertThat(catalog.describe("prior", "flat").orElseThrow().settings())
            .containsExactly(
                new Setting(
                    "nats", "a number, at least 0", Optional.of("3"), List.of("Nats to add.")));
        assertThat(catalog.describeExperiment()).extracting(Setting::key).contains("seed");
      }
    }

    @Test
    void one_that_cannot_be_loaded_is_told() throws IOException {
      // GIVEN
      write("META-INF/services/org.vqvae.core.plugin.VqvaePlugin", "org.example.Gone");

      // THEN
      try (URLClassLoader loader = loader()) {
        assertThatExceptionOfType(ConfigException.class)
            .isThrownBy(() -> Catalog.load(loader))
            .withMessage(
                """
                modules: 1 problem, nothing was run.
                1) [config/plugin]: org.vqvae.core.plugin.VqvaePlugin: Provider org.example.Gone not found.\
                """);
      }
    }

    @Test
    void whose_reference_conf_is_broken_are_told() throws IOException {
      // GIVEN
      write("reference.conf", "vqvae {\n");

      // THEN
      try (URLClassLoader loader = loader()) {
        assertThatExceptionOfType(ConfigException.class)
            .isThrownBy(() -> Catalog.load(loader))
            .withMessageStartingWith(
                """
                modules: 1 problem, nothing was run.
                1) [config/plugin]: a reference.conf cannot be read: reference.conf\
                """);
      }
    }

    @Test
    void that_offer_one_name_twice_are_both_named() {
      VqvaePlugin second =
          module(
              "second-module",
              it ->
                  it.add(
                      Prior.class,
                      "uniform",
                      Uniform.class,
                      Uniform.Settings.class,
                      Uniform.Settings::read));

      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> Experiments.catalog(second))
          .withMessage(
              """
              modules: 1 problem, nothing was run.
              1) [config/duplicate-type] prior "uniform": offered twice.
                   by module fake-module: org.vqvae.core.plugin.FakeModule$Uniform
                   by module second-module: org.vqvae.core.plugin.FakeModule$Uniform
                   rename one of them, or take one module off the class path\
              """);
    }

    @Test
    void whose_baselines_are_not_there_are_told() {
      VqvaePlugin second = module("second-module", it -> it.baseline(Prior.class, "unigram"));

      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> Experiments.catalog(second))
          .withMessage(
              """
              modules: 1 problem, nothing was run.
              1) [config/plugin]: module second-module: the baseline prior "unigram" is not among the\
               components; add it first.\
              """);
    }

    @Test
    void can_bring_a_medium_that_nobody_here_knows() {
      // GIVEN
      Medium series = new Medium("series", 16);
      ResultKey key = new ResultKey("test.trend", "1", "trend", "The slope.");
      MediumTools tools = new MediumTools(series, new NoFiles(), new NoExhibits(), List.of(key));

      // WHEN
      Catalog catalog = Experiments.catalog(module("series-module", it -> it.medium(tools)));

      // THEN
      assertThat(catalog.media()).containsOnly(Map.entry("series", tools));
    }

    @Test
    void that_both_have_files_of_a_medium_are_told() {
      VqvaePlugin second =
          module(
              "second-module",
              it ->
                  it.medium(new MediumTools(IMAGE, new NoFiles(), new NoExhibits(), List.of()))
                      .medium(new MediumTools(IMAGE, new NoFiles(), new NoExhibits(), List.of())));

      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> Experiments.catalog(second))
          .withMessage(
              """
              modules: 1 problem, nothing was run.
              1) [config/duplicate-type] medium "image": offered twice.
                   by org.vqvae.core.plugin.CatalogTest$NoFiles
                   by org.vqvae.core.plugin.CatalogTest$NoFiles of module second-module
                   take one module off the class path\
              """);
    }

    @Test
    void that_give_roles_contradicting_names_are_told() {
      interface Clash {}

      VqvaePlugin second =
          module(
              "second-module",
              it -> it.role(DeadCodePolicy.class, "cemetery").role(Clash.class, "encoder"));

      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> Experiments.catalog(second))
          .withMessage(
              """
              modules: 2 problems, nothing was run.
              1) [config/duplicate-role] role "cemetery": org.vqvae.core.plugin.FakeModule$DeadCodePolicy\
               already has the name "dead-codes".
              2) [config/duplicate-role] role "encoder": org.vqvae.core.Encoder and\
               org.vqvae.core.plugin.CatalogTest$Modules$1Clash cannot share it.\
              """);
    }

    private void write(String name, String text) throws IOException {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }

    private URLClassLoader loader() throws IOException {
      return new URLClassLoader(
          new URL[] {folder.toUri().toURL()}, CatalogTest.class.getClassLoader());
    }
  }

  /** A module of somebody else's. */
  public static final class ThirdParty implements VqvaePlugin {

    record Settings(double nats) {}

    @Override
    public String module() {
      return "third-party";
    }

    @Override
    public void register(Catalog.Builder catalog) {
      catalog.add(
          Prior.class,
          "flat",
          Uniform.class,
          Settings.class,
          in -> new Settings(in.real("nats").atLeast(0)));
    }
  }

  private static VqvaePlugin module(
      String name, java.util.function.Consumer<Catalog.Builder> components) {
    return new VqvaePlugin() {
      @Override
      public String module() {
        return name;
      }

      @Override
      public void register(Catalog.Builder catalog) {
        components.accept(catalog);
      }
    };
  }

  /** Files of pictures that are never asked for. */
  private static final class NoFiles implements MediaFiles {
    @Override
    public Medium medium() {
      return IMAGE;
    }

    @Override
    public String extension() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Example read(Path file, DataSpec form) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(Example example, Path file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Path> writeAll(List<Example> examples, Path folder, String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Path> writePairs(
        List<Example> originals, List<Example> reconstructions, Path folder, String name) {
      throw new UnsupportedOperationException();
    }
  }

  /** Nothing to show of them. */
  private static final class NoExhibits implements Exhibits {
    @Override
    public Medium medium() {
      return IMAGE;
    }

    @Override
    public Results measure(Evidence evidence, Results known) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ReportSection> sections(Evidence evidence, Results results) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ReportSection compared(List<Pair> pairs) {
      throw new UnsupportedOperationException();
    }
  }
}
