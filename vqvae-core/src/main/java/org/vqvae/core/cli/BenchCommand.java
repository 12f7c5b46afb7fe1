package org.vqvae.core.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.bench.Bench;
import org.vqvae.core.bench.Result;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.run.Provenance;
import org.vqvae.core.stage.Engines;
import org.vqvae.core.store.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vqvae bench}. */
@Command(
    name = "bench",
    description = {
      "Times what training and sampling are made of, and compares it with this machine's peak.",
      "Nothing else should run meanwhile."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  private static final String ALL =
      "gemm-peak, train-step, encode, quantize, decode, prior-train-step, prior-sample";
  private static final String SUITES = "pictures, sound, wavenet";

  @Parameters(paramLabel = "FIGURE", arity = "0..*", description = "One of " + ALL + "; none: all.")
  private List<String> figures = new ArrayList<>();

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      description = "Whose figures: " + SUITES + " (default: pictures).")
  private String suite = "pictures";

  @Option(names = "--runs", description = "How many runs of a figure count (default: 60).")
  private int runs = 60;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "How long to run a figure before that, at least (default: 10).")
  private double warmUp = 10;

  @Option(
      names = "--memory",
      paramLabel = "STEPS",
      description = "Instead: what memory the process takes before and after so many train steps.")
  private @Nullable Integer memorySteps;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another size than the standard one, as of an experiment; may be repeated.")
  private List<String> set = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON lines.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    check();
    PrintStream out = System.out;
    Catalog catalog = Catalog.load(BenchCommand.class.getClassLoader());
    ExperimentConfig config =
        Bench.experiment(suite, new ExperimentLoader(catalog, System.err::println), set);
    try (Workers workers = Engines.start(config.settings().engine())) {
      Bench bench = new Bench(config, workers);
      printMachine(config, workers, out);
      if (memorySteps != null) {
        printer(out).accept(bench.memory(memorySteps));
        return ExitCode.OK;
      }
      if (!json) {
        out.println(Bench.header());
      }
      bench.speeds(figures, runs, warmUp, printer(out));
    }
    return ExitCode.OK;
  }

  private void check() {
    if (runs < 1) {
      throw wrong("--runs must be at least 1 but was " + runs);
    }
    if (!(warmUp >= 0 && warmUp <= 3600)) {
      throw wrong("--warm-up must be 0 to 3600 seconds but was " + warmUp);
    }
    if (memorySteps != null && memorySteps < 1) {
      throw wrong("--memory must be at least 1 step but was " + memorySteps);
    }
    if (memorySteps != null && !figures.isEmpty()) {
      throw wrong("--memory measures no figures: leave out " + String.join(" ", figures));
    }
    Bench.checkFigures(figures);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(requireNonNull(spec).commandLine(), message);
  }

  private Consumer<Result> printer(PrintStream out) {
    return json
        ? result -> out.println(Json.compact(result.fields()))
        : result -> out.println(result.line());
  }

  private void printMachine(ExperimentConfig config, Workers workers, PrintStream out) {
    Kernels kernels = workers.kernels(0);
    Provenance here =
        Provenance.of(
            Instant.now(), config.settings().seed(), config.render(), "none", workers.size());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("started", here.started().toString());
    fields.put("kernels", kernels.name());
    fields.put("precision", kernels.activations().name().toLowerCase(Locale.ROOT));
    fields.putAll(here.machine());
    fields.putAll(here.versions());
    if (json) {
      out.println(Json.compact(fields));
    } else {
      fields.forEach((name, value) -> out.printf("%-10s %s%n", name, value));
    }
  }
}
