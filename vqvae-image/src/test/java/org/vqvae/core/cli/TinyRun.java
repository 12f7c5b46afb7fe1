package org.vqvae.core.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

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

  private TinyRun() {}

  /** The experiment's file, in that folder. */
  static Path experiment(Path folder) {
    return write(folder.resolve("tiny.conf"), EXPERIMENT);
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that a run computed, file by file: digests of the bytes, and the metrics but for time. */
  static Map<String, String> results(Path run) {
    Map<String, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run, 2)) {
      for (Path file : files.filter(TinyRun::isResult).toList()) {
        results.put(run.relativize(file).toString(), digest(Files.readAllBytes(file)));
      }
      results.put(
          "metrics.jsonl",
          Files.readString(run.resolve("metrics.jsonl"))
              .replaceAll("\"seconds\":[^,}]+", "\"seconds\":0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return results;
  }

  private static boolean isResult(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".safetensors") || name.endsWith(".codes");
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      return Assertions.fail(e);
    }
  }
}
