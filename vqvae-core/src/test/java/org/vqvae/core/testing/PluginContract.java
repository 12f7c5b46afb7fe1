package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.plugin.VqvaePlugin;

/** What a module has to keep to so that its components can be found, chosen and explained. */
public abstract class PluginContract {

  /** The module's plugin. */
  protected abstract VqvaePlugin plugin();

  @Test
  void is_found_on_the_class_path() {
    assertThat(ServiceLoader.load(VqvaePlugin.class))
        .hasAtLeastOneElementOfType(plugin().getClass());
  }

  @Test
  void documents_every_setting_and_has_only_defaults_that_its_readers_accept() {
    ClassLoader loader = plugin().getClass().getClassLoader();
    Catalog catalog = Catalog.of(List.of(plugin()), Catalog.referenceOf(loader), loader);

    assertThat(catalog.flaws()).isEmpty();
  }

  /** Those of {@code configs/} beside the module; data sets need not be there. */
  @Test
  void its_experiments_are_without_problems() throws IOException {
    Path configs = Path.of("configs");
    assumeThat(configs).as("the module ships experiments").isDirectory();
    Catalog catalog = Catalog.load(plugin().getClass().getClassLoader());
    ExperimentLoader loader = new ExperimentLoader(catalog, note -> {});
    try (Stream<Path> files = Files.list(configs)) {
      assertThat(files.filter(file -> file.toString().endsWith(".conf")).toList())
          .isNotEmpty()
          .allSatisfy(file -> assertThat(loader.load(file, List.of()).render()).isNotEmpty());
    }
  }
}
