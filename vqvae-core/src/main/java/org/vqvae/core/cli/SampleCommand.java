package org.vqvae.core.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.Grid;
import org.vqvae.core.experiment.Experiment;
import org.vqvae.core.experiment.SampleRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vqvae sample}. */
@Command(
    name = "sample",
    description = "Draws new examples from the run's prior and decodes them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SampleCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Option(names = "--count", description = "How many (default: the run's sampling.count).")
  private @Nullable Integer count;

  @Option(
      names = "--temperature",
      description = "Divides the logits (default: the run's sampling.temperature).")
  private @Nullable Double temperature;

  @Option(
      names = "--top-k",
      description = "Draw from the K likeliest codes; 0: all (default: the run's sampling.top-k).")
  private @Nullable Integer topK;

  @Option(
      names = "--size",
      converter = GridConverter.class,
      description = "Samples of a sound, or HEIGHTxWIDTH of a picture (default: that of the data).")
  private @Nullable Grid size;

  @Option(
      names = {"--class", "--speaker"},
      paramLabel = "NAME",
      description = "Of that class alone.")
  private @Nullable String className;

  @Option(
      names = "--seed",
      description = "Another seed makes other samples (default: the run's seed).")
  private @Nullable Long seed;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where to (default: RUN/samples).")
  private @Nullable Path out;

  @Spec private @Nullable CommandSpec spec;

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    if (temperature != null && !(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw wrong(
          "--temperature must be greater than 0 and finite but was %s; for the most likely code alone use --top-k 1"
              .formatted(temperature));
    }
    if (topK != null && topK < 0) {
      throw wrong("--top-k must be at least 1, or 0 for all codes, but was " + topK);
    }
    SampleRequest request =
        new SampleRequest(
            count == null ? OptionalInt.empty() : OptionalInt.of(count),
            Optional.ofNullable(temperature),
            topK == null ? OptionalInt.empty() : OptionalInt.of(topK),
            Optional.ofNullable(size),
            Optional.ofNullable(className),
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
    Path folder = out != null ? out : experiment.folder().samples();
    messages.println("samples: " + Written.files(experiment.sample(request, folder)));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(requireNonNull(spec).commandLine(), message);
  }
}
