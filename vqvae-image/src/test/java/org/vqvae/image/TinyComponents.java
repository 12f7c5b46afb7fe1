package org.vqvae.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Prior;
import org.vqvae.core.config.Setting;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.random.RandomStreams;

/** Every component on the class path, as config builds it, but small. */
public final class TinyComponents {
  private static final Catalog CATALOG = Catalog.load(TinyComponents.class.getClassLoader());

  /** Small values of the settings that say how large a component is, whatever its type. */
  private static final Map<String, String> SMALL =
      Map.of(
          "codebook-size", "8",
          "code-dim", "3",
          "channels", "4",
          "residual-channels", "2",
          "residual-blocks", "1",
          "layers", "3",
          "first-kernel", "5",
          "head-channels", "6");

  private static final List<DataSpec> DATA =
      List.of(
          DataSpec.ofImages(new Grid(8, 12), 3, List.of()), DataSpec.ofSound(64, 8000, List.of()));

  private TinyComponents() {}

  static Stream<String> types(Class<?> role) {
    return CATALOG.types(CATALOG.roleName(role)).stream();
  }

  /** The component of that type, with its defaults but for sizes. */
  static <T> T build(Class<T> role, String type, Kernels kernels, long seed) {
    return new Components(config(role, type), kernels, new RandomStreams(seed)).get(role);
  }

  /** The components of an experiment of which some lines are said. */
  public static Components of(Kernels kernels, String... lines) {
    ExperimentConfig config =
        new ExperimentLoader(CATALOG, note -> {}).load(experiment(lines), List.of());
    return new Components(config, kernels, new RandomStreams(1));
  }

  private static ExperimentConfig config(Class<?> role, String type) {
    String name = CATALOG.roleName(role);
    List<String> set = new ArrayList<>(List.of(name + ".type=" + type));
    for (Setting setting : CATALOG.describe(name, type).orElseThrow().settings()) {
      if (SMALL.containsKey(setting.key())) {
        set.add("%s.%s=%s".formatted(name, setting.key(), SMALL.get(setting.key())));
      }
    }
    return new ExperimentLoader(CATALOG, note -> {}).load(experiment(), set);
  }

  private static Path experiment(String... lines) {
    try {
      Path file = Files.createTempFile("tiny", ".conf");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          """
          data = glyphs
          encoder = residual-conv
          quantizer = ema
          decoder = residual-conv
          prior = uniform
          """
              + String.join("\n", lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Small data that an encoder takes: pictures or sound. */
  static DataSpec dataOf(Encoder encoder) {
    return DATA.stream()
        .filter(data -> fits(() -> encoder.latentGrid(data)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(encoder + " takes none of " + DATA));
  }

  /** Small data that a decoder makes out of latents of some grid. */
  static DataSpec dataOf(Decoder decoder) {
    return DATA.stream()
        .filter(data -> latentGrids(decoder, data).findAny().isPresent())
        .findFirst()
        .orElseThrow(() -> new AssertionError(decoder + " makes none of " + DATA));
  }

  /** The largest grid of latents that a decoder makes such data of. */
  static Grid latentGridOf(Decoder decoder, DataSpec data) {
    return latentGrids(decoder, data).findFirst().orElseThrow();
  }

  private static Stream<Grid> latentGrids(Decoder decoder, DataSpec data) {
    return Stream.of(1, 2, 4, 8, 16, 32, 64)
        .map(factor -> Arrays.stream(data.grid().sizes()).map(size -> size / factor).toArray())
        .filter(sizes -> Arrays.stream(sizes).allMatch(size -> size > 0))
        .map(Grid::new)
        .filter(grid -> fits(() -> decoder.build(data, grid, 3)));
  }

  /** The first of some grids whose codes a prior models. */
  static Grid gridOf(Prior prior, Grid... grids) {
    return Arrays.stream(grids)
        .filter(grid -> fits(() -> prior.build(new CodeSpace(2, grid), 0)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(prior + " models no grid"));
  }

  private static boolean fits(Runnable attempt) {
    try {
      attempt.run();
      return true;
    } catch (IncompatibleException e) {
      return false;
    }
  }
}
