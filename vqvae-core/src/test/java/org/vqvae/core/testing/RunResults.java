package org.vqvae.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run has left in its folder, to be compared with another run. */
public final class RunResults {
  private static final List<String> ENDS = List.of(".safetensors", ".codes", ".png", ".wav");

  private RunResults() {}

  /** All that a run computed, file by file: digests of the bytes, and the metrics but for time. */
  public static Map<String, String> of(Path run) {
    Map<String, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run, 2)) {
      for (Path file : files.filter(RunResults::isResult).toList()) {
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
    return ENDS.stream().anyMatch(name::endsWith);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
