package org.vqvae.endtoend;

import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.vqvae.core.testing.CommandLineRun;

/** An experiment of seconds that has all there is to an experiment, and what its runs leave. */
final class TinyRun {
  private static final String EXPERIMENT =
      """
      data      { type = glyphs, size = 16, train = 200, validation = 40, test = 40 }
      encoder   { type = residual-conv, channels = 8, residual-channels = 4, residual-blocks = 1 }
      quantizer { type = ema, codebook-size = 16, code-dim = 4, codebook-init = k-means, dead-codes { type = restart, threshold = 0.9 } }
      decoder   { type = residual-conv, channels = 8, residual-channels = 4, residual-blocks = 1 }
      prior     { type = pixelcnn, channels = 8, layers = 2, first-kernel = 3, head-channels = 8 }

      autoencoder    { steps = 20, batch-size = 16, evaluate-every = 10, checkpoint-every = 7, log-every = 4 }
      # learns so fast that it soon gets worse: the best weights are not the last ones
      prior-training { steps = 20, batch-size = 16, learning-rate = 0.2, evaluate-every = 2, checkpoint-every = 7, log-every = 4 }
      sampling       { count = 8 }
      """;

  /** A quantizer of two levels, of which some examples use only the first in training. */
  static final String TWO_LEVELS =
      "quantizer={ type = residual, quantizer-dropout = 0.5, levels = ["
          + "{ type = ema, codebook-size = 16, code-dim = 4, codebook-init = k-means }, "
          + "{ type = ema, codebook-size = 8, code-dim = 4, codebook-init = k-means }] }";

  /** A small WaveNet, which models codes of any shape. */
  static final String WAVENET =
      "prior={ type = wavenet, cycles = 1, layers-per-cycle = 3, channels = 8, skip-channels = 8 }";

  private TinyRun() {}

  /** The experiment's file, in that folder. */
  static Path experiment(Path folder) {
    return write(folder.resolve("tiny.conf"), EXPERIMENT);
  }

  /**
   * Runs a command that begins a run of the experiment.
   *
   * @param command such as {@code train}
   * @param run the run's folder; the experiment's file is put beside it
   * @param set settings above those of the file, such as {@code seed=2}
   */
  static CommandLineRun begin(String command, Path run, String... set) {
    Stream<Object> line = Stream.of(command, experiment(run.getParent()), "--out", run);
    return vqvae(Stream.concat(line, settings(set)).toArray());
  }

  /** Goes on with a run of the experiment. */
  static CommandLineRun resume(Path run, String... set) {
    Stream<Object> line = Stream.of("run", experiment(run.getParent()), "--out", run, "--resume");
    return vqvae(Stream.concat(line, settings(set)).toArray());
  }

  private static Stream<Object> settings(String... set) {
    return Arrays.stream(set).flatMap(each -> Stream.of("--set", each));
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a run's folder, to do something to the copy. */
  static Path copy(Path run, Path to) {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(run.relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
