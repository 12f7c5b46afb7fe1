package org.vqvae.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Medium;
import org.vqvae.core.Model;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Setting;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.image.Pictures;

/** Every component on the class path, as config builds it, but small. */
final class TinyComponents {
  private static final Catalog CATALOG = Catalog.load(TinyComponents.class.getClassLoader());
  private static final int LATENT_DIM = 3;
  private static final double VARIANCE = 0.1;

  /** Small values of the settings that say how large a component is, whatever its type. */
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("codebook-size", "8"),
          Map.entry("code-dim", "3"),
          Map.entry("latent-dim", "3"),
          Map.entry("channels", "4"),
          Map.entry("residual-channels", "2"),
          Map.entry("residual-blocks", "1"),
          Map.entry("layers", "2"),
          Map.entry("first-kernel", "5"),
          Map.entry("head-channels", "6"),
          Map.entry("cycles", "1"),
          Map.entry("layers-per-cycle", "2"),
          Map.entry("skip-channels", "5"),
          Map.entry("features", "4"));

  private static final String TOP_PART =
      "{ type = residual-conv, channels = 4, residual-channels = 2, residual-blocks = 1,"
          + " downsample = 2 }";

  /** What a component needs that has no default. */
  private static final Map<String, List<String>> NEEDED =
      Map.of(
          "encoder dl4j", List.of("encoder.network=" + TinyNetworks.encoder()),
          "decoder dl4j", List.of("decoder.network=" + TinyNetworks.decoder()),
          "quantizer residual",
              List.of(
                  "quantizer.levels=[{ type = ema, codebook-size = 8, code-dim = 3 }, { type = ema,"
                      + " codebook-size = 5, code-dim = 3, codebook-init = normal }]",
                  "quantizer.quantizer-dropout=0.5"),
          "model hierarchical",
              List.of(
                  "model.top-encoder=" + TOP_PART,
                  "model.top-quantizer={ type = ema, codebook-size = 5, code-dim = 2 }",
                  "model.top-decoder=" + TOP_PART,
                  "encoder.downsample=2",
                  "decoder.downsample=2"));

  private static final List<DataSpec> DATA =
      List.of(
          Pictures.spec(new Grid(8, 12), 3, List.of()),
          new DataSpec(new Medium("audio", 32_768), new Grid(64), 1, List.of(), 8000));

  private TinyComponents() {}

  /** The types of a role that can be registered. */
  static Stream<String> types(Class<?> role) {
    return CATALOG.types(CATALOG.roleName(role)).stream();
  }

  /** What some types are of, for people, such as {@code encoder waves, decoder waves}. */
  static String name(Map<Class<?>, String> types) {
    return types.entrySet().stream()
        .map(each -> CATALOG.roleName(each.getKey()) + " " + each.getValue())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The component of that type, with its defaults but for sizes. */
  static <T> T build(Class<T> role, String type, Kernels kernels) {
    return build(role, type, kernels, Scope.root(new RandomStreams(1)));
  }

  /** The same, in its place within another one. */
  static <T> T build(Class<T> role, String type, Kernels kernels, Scope root) {
    return new Components(config(List.of(), settings(role, type)), kernels, root).get(role);
  }

  /** A model of components of some types, all with their defaults but for sizes, not yet bound. */
  static ModelNetwork model(Kernels kernels, DataSpec data, Map<Class<?>, String> types) {
    List<String> set = new ArrayList<>();
    types.forEach((role, type) -> set.addAll(settings(role, type)));
    return build(config(List.of(), set), kernels, data);
  }

  /** The first data that a model of components of these types takes; empty if there is none. */
  static Optional<DataSpec> dataOf(Kernels kernels, Map<Class<?>, String> types) {
    return DATA.stream().filter(data -> fits(() -> model(kernels, data, types))).findFirst();
  }

  /** A model of which some lines are said, whose parameters have their first values. */
  static ModelNetwork model(Kernels kernels, DataSpec data, String... lines) {
    ModelNetwork model = unbound(kernels, data, lines);
    ParameterVector.allocate(model.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "initialization"));
    return model;
  }

  /** The same, without values. */
  static ModelNetwork unbound(Kernels kernels, DataSpec data, String... lines) {
    return build(config(List.of(lines), List.of()), kernels, data);
  }

  private static ModelNetwork build(ExperimentConfig config, Kernels kernels, DataSpec data) {
    Scope root = Scope.root(new RandomStreams(1));
    return new Components(config, kernels, root).get(Model.class).build(data, VARIANCE, root);
  }

  private static List<String> settings(Class<?> role, String type) {
    String name = CATALOG.roleName(role);
    List<String> set = new ArrayList<>(List.of(name + ".type=" + type));
    set.addAll(NEEDED.getOrDefault(name + " " + type, List.of()));
    for (Setting setting : CATALOG.describe(name, type).orElseThrow().settings()) {
      if (SMALL.containsKey(setting.key())) {
        set.add("%s.%s=%s".formatted(name, setting.key(), SMALL.get(setting.key())));
      }
    }
    return set;
  }

  private static ExperimentConfig config(List<String> lines, List<String> set) {
    return new ExperimentLoader(CATALOG, note -> {}).load(experiment(lines), set);
  }

  private static Path experiment(List<String> lines) {
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
    Scope scope = Scope.root(new RandomStreams(1)).child("decoder");
    return Stream.of(1, 2, 4, 8, 16, 32, 64)
        .map(factor -> Arrays.stream(data.grid().sizes()).map(size -> size / factor).toArray())
        .filter(sizes -> Arrays.stream(sizes).allMatch(size -> size > 0))
        .map(Grid::new)
        .filter(grid -> fits(() -> decoder.build(data, grid, LATENT_DIM, scope)));
  }

  /** The first of some grids whose codes a prior models. */
  static Grid gridOf(Prior prior, Grid... grids) {
    Scope scope = Scope.root(new RandomStreams(1)).child("prior");
    return Arrays.stream(grids)
        .filter(grid -> fits(() -> prior.build(CodeShape.of(grid, 2), Conditions.NONE, scope)))
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
