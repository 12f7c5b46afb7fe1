package org.vqvae.core.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.coder.FileCoder.Request;
import picocli.CommandLine.Option;

/** The options of commands that code files: the class, and how many levels of the codes to keep. */
final class CodingOptions {
  @Option(
      names = {"--speaker", "--class"},
      paramLabel = "NAME",
      description = "The speaker, or class, of the file (default: unknown, or what a .vqa says).")
  private @Nullable String className;

  @Option(
      names = "--levels",
      paramLabel = "N",
      description =
          "Keep the first N levels of the codes alone: fewer bits (default: all; for models with"
              + " several).")
  private @Nullable Integer levels;

  Request request() {
    return new Request(Optional.ofNullable(className), Optional.ofNullable(levels));
  }
}
