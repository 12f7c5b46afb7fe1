package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.ConfigurationException;
import com.google.inject.Inject;
import com.google.inject.Injector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Encoder;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.plugin.FakeModule.Convolutions;
import org.vqvae.core.plugin.FakeModule.Ema;
import org.vqvae.core.plugin.FakeModule.KeepDead;
import org.vqvae.core.plugin.FakeModule.Residual;
import org.vqvae.core.plugin.FakeModule.Restart;
import org.vqvae.core.random.RandomStreams;

class ComponentsTest {
  @TempDir Path folder;
  private final Kernels kernels = new NativeKernels();
  private final RandomStreams random = new RandomStreams(1);

  private Components components(String text, String... overrides) {
    return new Components(new Experiments(folder).load(text, overrides), kernels, random);
  }

  @Test
  void a_component_gets_its_settings_its_parts_and_what_all_share() {
    // GIVEN
    Components components = components(Experiments.VALID, "encoder.channels=8");

    // THEN
    assertThat(components.get(Encoder.class))
        .isEqualTo(new Convolutions(new Convolutions.Settings(8, 4), kernels));
    assertThat(components.get(Quantizer.class))
        .isEqualTo(
            new Ema(
                new Ema.Settings(512, 0.25, 0.99), new Restart(new Restart.Settings(2), random)));
  }

  @Test
  void a_component_is_built_once() {
    Components components = components(Experiments.VALID);

    assertThat(components.get(Quantizer.class)).isSameAs(components.get(Quantizer.class));
  }

  @Test
  void a_part_can_be_of_its_owners_class() {
    // GIVEN
    String quantizer =
        "quantizer { type = residual, depth = 3, inner { type = residual, inner { dead-codes = none"
            + " } } }\n";

    // WHEN
    Quantizer built = components(Experiments.VALID + quantizer).get(Quantizer.class);

    // THEN
    Ema innermost =
        new Ema(new Ema.Settings(512, 0.25, 0.99), new KeepDead(new KeepDead.Settings()));
    assertThat(built)
        .isEqualTo(
            new Residual(
                new Residual.Settings(3), new Residual(new Residual.Settings(2), innermost)));
  }

  @Test
  void a_component_can_be_made_without_any_config() {
    Quantizer quantizer =
        new Ema(new Ema.Settings(8, 0.25, 0.99), new KeepDead(new KeepDead.Settings()));

    assertThat(quantizer.codeDim()).isEqualTo(1);
  }

  @Nested
  class Wiring {

    record Stage(Encoder encoder, Quantizer quantizer, ExperimentSettings settings) {
      @Inject
      Stage {}
    }

    private Injector injector(String... overrides) {
      return ExperimentInjector.of(
          new Experiments(folder).load(Experiments.VALID, overrides),
          kernels,
          random,
          binder -> binder.bind(Stage.class));
    }

    @Test
    void gives_a_stage_the_components_that_it_asks_for() {
      // GIVEN
      Injector injector = injector("seed=9");

      // WHEN
      Stage stage = injector.getInstance(Stage.class);

      // THEN
      assertThat(stage.settings().seed()).isEqualTo(9);
      assertThat(stage.encoder()).isSameAs(injector.getInstance(Encoder.class));
      assertThat(stage.quantizer()).isSameAs(injector.getInstance(Quantizer.class));
    }

    @Test
    void opens_no_data_that_nobody_reads_and_hands_on_what_goes_wrong_with_it() {
      // GIVEN data that cannot be opened
      Injector injector = injector("data={type = folder, folder = /nowhere}");

      // THEN
      assertThat(injector.getInstance(Stage.class)).isNotNull();
      assertThatExceptionOfType(com.google.inject.ProvisionException.class)
          .isThrownBy(() -> injector.getInstance(Dataset.class))
          .havingCause()
          .isInstanceOf(DataException.class)
          .withMessage("/nowhere: no such folder");
    }

    @Test
    void builds_nothing_that_was_not_bound() {
      record Stranger() {
        @Inject
        Stranger {}
      }

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> injector().getInstance(Stranger.class));
    }
  }

  @Nested
  class ABadlyWrittenComponent {

    record NoSettings() {}

    record WithoutInject(NoSettings settings) implements FlatPrior {}

    record Greedy(NoSettings settings, Encoder encoder) implements FlatPrior {
      @Inject
      Greedy {}
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
          new VqvaePlugin() {
            @Override
            public String module() {
              return "bad-module";
            }

            @Override
            public void register(Catalog.Builder catalog) {
              catalog.add(
                  Prior.class, "bad", implementation, NoSettings.class, in -> new NoSettings());
            }
          };
      Path file = new Experiments(folder).write("experiment.conf", Experiments.VALID);
      ExperimentConfig config =
          new ExperimentLoader(Experiments.catalog(module), note -> {})
              .load(file, List.of("prior=bad"));

      // THEN
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> new Components(config, kernels, random).get(Prior.class))
          .withMessage(
              "%s%s: 1 problem, nothing was run.%n1) [config/plugin] prior: \"bad\" cannot be built as its"
                      .formatted(IN_MODULE, implementation.getSimpleName())
                  + " class is written.\n     "
                  + reason);
    }
  }

  /** A prior that is never built. */
  interface FlatPrior extends Prior {
    @Override
    default PriorNetwork build(CodeSpace space, int classes) {
      throw new UnsupportedOperationException();
    }
  }
}
