package org.vqvae.image.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.DatasetContract;

/** Every registered data set, opened by config and held to the contract. */
@ParameterizedClass
@MethodSource("types")
class EveryDatasetTest extends DatasetContract {
  private static final Catalog CATALOG = Catalog.load(EveryDatasetTest.class.getClassLoader());

  @TempDir static Path folder;
  @Parameter String type;

  static Stream<String> types() {
    return CATALOG.types("data").stream();
  }

  @Override
  protected Dataset open() {
    return open(1);
  }

  @Override
  protected Dataset openOther() {
    return open(7);
  }

  private Dataset open(int seed) {
    List<String> set = new ArrayList<>(List.of("data.type=" + type));
    set.addAll(settings(folder.resolve(type + seed), seed));
    set.replaceAll(setting -> setting.startsWith("data.") ? setting : "data." + setting);
    return new Components(
            new ExperimentLoader(CATALOG, note -> {}).load(experiment(), set),
            new NativeKernels(),
            new RandomStreams(1))
        .get(Dataset.class);
  }

  /** What must be said of each: the files of those that read some. */
  private List<String> settings(Path files, int seed) {
    return switch (type) {
      case "idx" -> List.of("path=" + TinyFiles.idx(files, seed), "size=8", "validation=5");
      case "cifar10" -> List.of("path=" + TinyFiles.cifar10(files, seed), "validation=3");
      case "image-folder" ->
          List.of("path=" + TinyFiles.pictures(files, seed), "size=8", "validation=0.2");
      case "glyphs" -> List.of("seed=" + seed, "size=16", "train=40", "validation=20", "test=20");
      default -> List.of("seed=" + seed);
    };
  }

  private static Path experiment() {
    try {
      return Files.writeString(
          folder.resolve("experiment.conf"),
          """
          data = glyphs
          encoder = residual-conv
          quantizer = ema
          decoder = residual-conv
          prior = uniform
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
