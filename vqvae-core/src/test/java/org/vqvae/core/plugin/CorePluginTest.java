package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.Model;
import org.vqvae.core.RateSchedule;
import org.vqvae.core.config.ExperimentSettings.Training;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.model.FlatModel;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.PluginContract;

class CorePluginTest extends PluginContract {
  @TempDir Path folder;

  @Override
  protected VqvaePlugin plugin() {
    return new CorePlugin();
  }

  /** An experiment of core's components, and of fakes where core has none. */
  private ExperimentConfig load(String... overrides) {
    VqvaePlugin others =
        new VqvaePlugin() {
          @Override
          public String module() {
            return "fake-module";
          }

          @Override
          public void register(Catalog.Builder catalog) {
            FakeModule.registerWhatCoreLacks(catalog);
          }
        };
    ClassLoader loader = getClass().getClassLoader();
    Catalog catalog =
        Catalog.of(
            List.of(new CorePlugin(), others),
            Catalog.referenceOf(loader)
                .withFallback(
                    ConfigFactory.parseResources(loader, "org/vqvae/core/plugin/fake-module.conf")),
            loader);
    Experiments experiments = new Experiments(folder);
    return experiments.load(
        experiments.write("experiment.conf", Experiments.VALID), catalog, overrides);
  }

  private static Components components(ExperimentConfig config) {
    return new Components(config, new NativeKernels(), new RandomStreams(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adam", "adamax", "amsgrad", "nadam", "nesterovs", "rmsprop", "adagrad", "sgd"})
  void builds_the_optimizers(String type) {
    // GIVEN
    ExperimentConfig config = load("autoencoder.optimizer=" + type);
    Training training = config.settings().autoencoder().training();

    // THEN
    assertThat(training.optimizer().type()).isEqualTo(type);
    assertThat(components(config).parts().get(training.optimizer()).stateLength(10))
        .isEqualTo(
            switch (type) {
              case "sgd" -> 0;
              case "nesterovs", "rmsprop", "adagrad" -> 10;
              case "amsgrad" -> 30;
              default -> 20;
            });
  }

  @Test
  void builds_the_schedules() {
    // GIVEN
    ExperimentConfig config =
        load(
            "autoencoder.schedule={type = warm-up, steps = 4}",
            "prior-training.schedule={type = cosine, warm-up = 1, floor = 0.1}");
    Components components = components(config);

    // WHEN
    RateSchedule first =
        components.parts().get(config.settings().autoencoder().training().schedule());
    RateSchedule second =
        components.parts().get(config.settings().priorTraining().training().schedule());

    // THEN
    assertThat(first.over(100).applyAsDouble(0)).isEqualTo(0.25);
    assertThat(first.over(100).applyAsDouble(99)).isEqualTo(1);
    assertThat(second.over(100).applyAsDouble(1)).isEqualTo(1);
    assertThat(second.over(100).applyAsDouble(100)).isEqualTo(0.1);
  }

  @Test
  void wires_an_experiment_that_does_not_choose_a_model() {
    ExperimentConfig config = load();

    assertThat(components(config).get(Model.class)).isInstanceOf(FlatModel.class);
    assertThat(config.selected(Model.class).settings()).isEqualTo(new FlatModel.Settings(0.5));
  }

  @Test
  void keeps_the_learning_rate_of_an_experiment_that_does_not_choose_a_schedule() {
    // GIVEN
    ExperimentConfig config = load();
    Training training = config.settings().autoencoder().training();

    // THEN
    RateSchedule schedule = components(config).parts().get(training.schedule());
    assertThat(schedule.over(10_000).applyAsDouble(5000)).isEqualTo(1);
  }
}
