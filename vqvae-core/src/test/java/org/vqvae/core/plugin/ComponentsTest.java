package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Model;
import org.vqvae.core.Optimizer;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.Parts;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.plugin.FakeModule.Adam;
import org.vqvae.core.plugin.FakeModule.Convolutions;
import org.vqvae.core.plugin.FakeModule.DeadCodePolicy;
import org.vqvae.core.plugin.FakeModule.Ema;
import org.vqvae.core.plugin.FakeModule.Flat;
import org.vqvae.core.plugin.FakeModule.KeepDead;
import org.vqvae.core.plugin.FakeModule.Levels;
import org.vqvae.core.plugin.FakeModule.Mirror;
import org.vqvae.core.plugin.FakeModule.NearestCode;
import org.vqvae.core.plugin.FakeModule.Restart;
import org.vqvae.core.plugin.FakeModule.Sgd;
import org.vqvae.core.plugin.FakeModule.Uniform;
import org.vqvae.core.random.RandomStreams;

class ComponentsTest {
  @TempDir Path folder;
  private final Kernels kernels = new NativeKernels();
  private final RandomStreams random = new RandomStreams(1);

  private Components components(String text, String... overrides) {
    return new Components(new Experiments(folder).load(text, overrides), kernels, random);
  }

  private static Chosen<DeadCodePolicy> deadCodes(String type, String owner) {
    return new Chosen.Placed<>(DeadCodePolicy.class, type, owner + ".dead-codes");
  }

  @Test
  void a_component_gets_its_settings_its_parts_and_what_all_share() {
    // GIVEN
    Components components = components(Experiments.VALID, "encoder.channels=8");

    // THEN
    assertThat(components.get(Encoder.class))
        .isEqualTo(new Convolutions(new Convolutions.Settings(8, 4), kernels));
    assertThat(components.get(Bottleneck.class))
        .isEqualTo(
            new Ema(
                new Ema.Settings(deadCodes("restart", "quantizer"), 512, 0.25, 0.99),
                new Restart(new Restart.Settings(2), "quantizer/dead-codes")));
  }

  @Test
  void a_component_is_built_once() {
    Components components = components(Experiments.VALID);

    assertThat(components.get(Bottleneck.class)).isSameAs(components.get(Bottleneck.class));
  }

  @Test
  void a_part_can_be_of_its_owners_class() {
    // GIVEN
    String quantizer =
        "quantizer { type = residual, depth = 3, inner { type = residual, inner { dead-codes = none"
            + " } } }\n";

    // WHEN
    Bottleneck built = components(Experiments.VALID + quantizer).get(Bottleneck.class);

    // THEN
    assertThat(built).extracting("settings.depth", "inner.settings.depth").containsExactly(3, 2);
    assertThat(built)
        .extracting("inner.inner")
        .isEqualTo(
            new Ema(
                new Ema.Settings(deadCodes("none", "quantizer.inner.inner"), 512, 0.25, 0.99),
                new KeepDead(new KeepDead.Settings())));
  }

  @Test
  void a_component_can_have_several_parts_of_one_role_each_in_its_place() {
    // GIVEN
    String quantizer = "quantizer { type = levels, first = ema, levels = [ema, nearest, ema] }\n";

    // WHEN
    Levels levels = (Levels) components(Experiments.VALID + quantizer).get(Bottleneck.class);

    // THEN
    assertThat(places(List.of(levels.first()))).containsExactly("quantizer/first/dead-codes");
    assertThat(places(levels.levels()))
        .containsExactly("quantizer/level-1/dead-codes", "quantizer/level-3/dead-codes");
    assertThat(levels.levels().get(1)).isInstanceOf(NearestCode.class);
  }

  private static List<String> places(List<Bottleneck> levels) {
    return levels.stream()
        .filter(level -> level instanceof Ema)
        .map(level -> ((Restart) ((Ema) level).deadCodes()).place())
        .toList();
  }

  @Test
  void a_component_can_be_made_without_any_config() {
    // GIVEN
    KeepDead keep = new KeepDead(new KeepDead.Settings());

    // WHEN
    Ema quantizer = new Ema(new Ema.Settings(Chosen.of(keep), 8, 0.25, 0.99), Parts.NONE);

    // THEN
    assertThat(quantizer.deadCodes()).isSameAs(keep);
    assertThat(quantizer.settings().deadCodes().type()).isEqualTo("KeepDead");
  }

  @Test
  void a_part_that_config_chose_cannot_be_had_without_config() {
    Ema.Settings settings = new Ema.Settings(deadCodes("none", "quantizer"), 8, 0.25, 0.99);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ema(settings, Parts.NONE))
        .withMessage(
            "quantizer.dead-codes (none) needs config to be built; without config use"
                + " Chosen.of(part)");
  }

  @Test
  void a_model_gets_the_encoder_the_quantizer_and_the_decoder_of_its_experiment() {
    // GIVEN
    Components components = components(Experiments.VALID);

    // WHEN
    Flat model = (Flat) components.get(Model.class);

    // THEN
    assertThat(model.encoder()).isSameAs(components.get(Encoder.class));
    assertThat(model.bottleneck()).isSameAs(components.get(Bottleneck.class));
    assertThat(model.decoder()).isSameAs(components.get(Decoder.class));
  }

  @Test
  void a_model_can_have_parts_of_its_own() {
    // WHEN
    Model model =
        components(
                Experiments.VALID,
                "model={type = mirror, encoders = [residual-conv, {type = residual-conv, channels ="
                    + " 8}]}")
            .get(Model.class);

    // THEN
    assertThat(((Mirror) model).encoders())
        .containsExactly(
            new Convolutions(new Convolutions.Settings(128, 4), kernels),
            new Convolutions(new Convolutions.Settings(8, 4), kernels));
  }

  @Test
  void the_settings_of_an_experiment_have_parts_too() {
    // GIVEN
    Components components = components(Experiments.VALID, "prior-training.optimizer=sgd");
    ExperimentSettings settings = settings("prior-training.optimizer=sgd");
    Chosen<Optimizer> first = settings.autoencoder().training().optimizer();
    Chosen<Optimizer> second = settings.priorTraining().training().optimizer();

    // THEN
    assertThat(components.parts().get(first))
        .isEqualTo(new Adam(new Adam.Settings(0.9, 0.999), "autoencoder/optimizer"))
        .isSameAs(components.parts().get(first));
    assertThat(components.parts().get(second)).isEqualTo(new Sgd(new Sgd.Settings()));
  }

  private ExperimentSettings settings(String... overrides) {
    return new Experiments(folder).load(Experiments.VALID, overrides).settings();
  }

  @Test
  void a_handle_of_another_place_is_refused() {
    Components components = components(Experiments.VALID);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> components.parts().get(deadCodes("restart", "quantizer")))
        .withMessage("quantizer.dead-codes (restart) is no part of the experiment");
  }

  @Test
  void baselines_stand_where_the_prior_stands() {
    // GIVEN
    VqvaePlugin comparing = module(it -> it.baseline(Prior.class, "uniform"));
    Experiments experiments = new Experiments(folder);
    Path file = experiments.write("experiment.conf", Experiments.VALID);
    ExperimentConfig config = experiments.load(file, Experiments.catalog(comparing));

    // WHEN
    Components components = new Components(config, kernels, random);

    // THEN
    Uniform uniform = new Uniform(new Uniform.Settings(), "prior");
    assertThat(components.baselines()).containsExactly(Map.entry("uniform", uniform));
    assertThat(components.get(Prior.class)).isEqualTo(uniform);
  }

  @Test
  void opens_no_data_that_nobody_reads_and_hands_on_what_goes_wrong_with_it() {
    // GIVEN data that cannot be opened
    Components components =
        components(Experiments.VALID, "data={type = folder, folder = /nowhere}");

    // THEN
    assertThat(components.get(Encoder.class)).isNotNull();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> components.get(Dataset.class))
        .withMessage("/nowhere: no such folder");
  }

  private static VqvaePlugin module(Consumer<Catalog.Builder> components) {
    return new VqvaePlugin() {
      @Override
      public String module() {
        return "bad-module";
      }

      @Override
      public void register(Catalog.Builder catalog) {
        components.accept(catalog);
      }
    };
  }

  @Nested
  class ABadlyWrittenComponent {

    record NoSettings() {}

    record WithoutInject(NoSettings settings) implements FlatPrior {}

    record Greedy(NoSettings settings, Encoder encoder) implements FlatPrior {
      @Inject
      Greedy {}
    }

    record ByType(NoSettings settings, DeadCodePolicy part) implements FlatPrior {
      @Inject
      ByType {}
    }

    record Sequential(NoSettings settings, RandomStreams streams) implements FlatPrior {
      @Inject
      Sequential {}
    }

    record Worker() {
      @Inject
      Worker {}
    }

    record Implicit(Worker worker) implements FlatPrior {
      @Inject
      Implicit {}
    }

    private static final String IN_MODULE =
        "module bad-module: org.vqvae.core.plugin.ComponentsTest$ABadlyWrittenComponent$";

    @Test
    void must_mark_its_constructor() {
      assertRefused(
          WithoutInject.class,
          "No injectable constructor for type"
              + " org.vqvae.core.plugin.ComponentsTest$ABadlyWrittenComponent$WithoutInject.");
    }

    @Test
    void cannot_ask_for_another_role() {
      assertRefused(
          Greedy.class,
          "Explicit bindings are required and org.vqvae.core.Encoder is not explicitly bound.");
    }

    @Test
    void cannot_ask_for_a_part_by_its_type() {
      assertRefused(
          ByType.class,
          "Explicit bindings are required and org.vqvae.core.plugin.FakeModule$DeadCodePolicy is"
              + " not explicitly bound.");
    }

    @Test
    void cannot_ask_for_the_random_streams_of_all() {
      assertRefused(
          Sequential.class,
          "Explicit bindings are required and org.vqvae.core.random.RandomStreams is not explicitly"
              + " bound.");
    }

    @Test
    void cannot_ask_for_what_was_not_bound_even_if_it_could_be_built() {
      assertRefused(
          Implicit.class,
          "Explicit bindings are required and"
              + " org.vqvae.core.plugin.ComponentsTest$ABadlyWrittenComponent$Worker is not"
              + " explicitly bound.");
    }

    private void assertRefused(Class<? extends Prior> implementation, String reason) {
      // GIVEN
      VqvaePlugin module =
          module(
              it ->
                  it.add(
                      Prior.class,
                      "bad",
                      implementation,
                      NoSettings.class,
                      in -> new NoSettings()));
      Path file = new Experiments(folder).write("experiment.conf", Experiments.VALID);
      ExperimentConfig config =
          new Experiments(folder).load(file, Experiments.catalog(module), "prior=bad");

      // THEN
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> new Components(config, kernels, random).get(Prior.class))
          .withMessage(
              "%s%s: 1 problem, nothing was run.%n1) [config/plugin] prior: \"bad\" cannot be built as its"
                      .formatted(IN_MODULE, implementation.getSimpleName())
                  + " class is written.\n     "
                  + reason
                  + "\n     it may ask for its settings, Parts, Scope, Kernels, Workers and"
                  + " ExperimentSettings");
    }
  }

  /** A prior that is never built. */
  interface FlatPrior extends Prior {
    @Override
    default PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }
}
