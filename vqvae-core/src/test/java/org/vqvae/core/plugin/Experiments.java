package org.vqvae.core.plugin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Experiments in a folder, to be loaded with the components of {@link FakeModule}. */
final class Experiments {

  static final String VALID =
      """
      data = stripes
      encoder = residual-conv
      quantizer = ema
      decoder = residual-conv
      prior = uniform
      """;

  final List<String> notes = new ArrayList<>();
  private final Path folder;

  Experiments(Path folder) {
    this.folder = folder;
  }

  static Catalog catalog(VqvaePlugin... more) {
    return catalog("", more);
  }

  /** A catalog with other defaults than those of {@code fake-module.conf}. */
  static Catalog catalog(String defaults, VqvaePlugin... more) {
    ClassLoader loader = Experiments.class.getClassLoader();
    List<VqvaePlugin> plugins = new ArrayList<>(List.of(new FakeModule()));
    plugins.addAll(List.of(more));
    Config reference =
        ConfigFactory.parseString(defaults)
            .withFallback(
                ConfigFactory.parseResources(loader, "org/vqvae/core/plugin/fake-module.conf"))
            .withFallback(Catalog.referenceOf(loader).withoutPath("vqvae.defaults"));
    return Catalog.of(plugins, reference, loader);
  }

  Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ExperimentConfig load(Path file, String... overrides) {
    return load(file, catalog(), overrides);
  }

  ExperimentConfig load(Path file, Catalog catalog, String... overrides) {
    return new ExperimentLoader(catalog, notes::add).load(file, List.of(overrides));
  }

  ExperimentConfig load(String text, String... overrides) {
    return load(write("experiment.conf", text), overrides);
  }
}
