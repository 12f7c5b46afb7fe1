package org.vqvae.core.cli;

import java.nio.file.Path;
import java.util.List;

/** Tells a person what was written. */
final class Written {
  private Written() {}

  /**
   * For example {@code samples/a.png}, or {@code 16 files in samples, from a-1.wav to a-16.wav}.
   */
  static String files(List<Path> files) {
    Path first = files.get(0);
    Path last = files.get(files.size() - 1);
    return files.size() == 1
        ? first.toString()
        : "%d files in %s, from %s to %s"
            .formatted(
                files.size(),
                first.toAbsolutePath().getParent(),
                first.getFileName(),
                last.getFileName());
  }
}
