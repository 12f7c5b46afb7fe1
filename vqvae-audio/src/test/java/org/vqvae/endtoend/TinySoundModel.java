package org.vqvae.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Model;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/** Small models of sound, as config builds them. */
final class TinySoundModel {
  private static final double VARIANCE = 0.1;

  private TinySoundModel() {}

  /**
   * A model whose parameters have their first values.
   *
   * @param lines of an experiment's file that differ from the usual ones
   */
  static ModelNetwork of(Kernels kernels, DataSpec data, String lines) {
    ModelNetwork model = unbound(kernels, data, lines);
    ParameterVector.allocate(model.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "initialization"));
    return model;
  }

  /** A model whose parameters have no values yet. */
  static ModelNetwork unbound(Kernels kernels, DataSpec data, String lines) {
    Catalog catalog = Catalog.load(TinySoundModel.class.getClassLoader());
    RandomStreams random = new RandomStreams(1);
    return new Components(
            new ExperimentLoader(catalog, note -> {}).load(experiment(lines), List.of()),
            kernels,
            random)
        .get(Model.class)
        .build(data, VARIANCE, Scope.root(random));
  }

  private static Path experiment(String lines) {
    try {
      Path file = Files.createTempFile("tiny", ".conf");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          """
          data      { type = voices }
          encoder   { type = strided-conv1d, channels = 8, residual-blocks = 1, downsample = 16 }
          quantizer { type = nearest, codebook-size = 32, code-dim = 4 }
          decoder   = conv1d
          prior     { type = unigram }
          """
              + lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
