package org.vqvae.core.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;

/** Measures figures of an experiment, one after another, in this process. */
public final class Bench {
  private static final int MEMORY_WARM_UP = 300;

  private final Workbench workbench;

  public Bench(ExperimentConfig experiment, Workers workers) {
    workbench = new Workbench(experiment, workers);
  }

  /** The figures that there are, the first of which all others are compared with. */
  public static List<String> figures() {
    return Figure.titles();
  }

  /**
   * Fails if a figure is unknown.
   *
   * @throws org.vqvae.core.IncompatibleException with the names of those that there are
   */
  public static void checkFigures(List<String> titles) {
    titles.forEach(Figure::of);
  }

  /** The suites that there are, the first of which is meant when none is named. */
  public static List<String> suites() {
    return Suite.titles();
  }

  /**
   * The experiment of a suite.
   *
   * @throws org.vqvae.core.IncompatibleException if there is no such suite
   */
  public static ExperimentConfig experiment(
      String suite, ExperimentLoader loader, List<String> overrides) {
    String resource = Suite.of(suite).resource();
    try (InputStream in = Bench.class.getResourceAsStream(resource)) {
      Path folder = Files.createTempDirectory("vqvae-bench");
      Path file = folder.resolve(resource);
      try {
        Files.copy(Objects.requireNonNull(in, resource), file);
        return loader.load(file, overrides);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
  }

  /** The heading of the lines that {@link #speeds} gives. */
  public static String header() {
    return Speed.HEADER;
  }

  /**
   * Times figures. The peak that they are compared with is always measured first.
   *
   * @param titles of the figures; none: all
   * @param runs of each figure that count
   * @param warmUpSeconds how long to run each at least before that
   * @param out told about each when it is done
   * @throws org.vqvae.core.IncompatibleException if there is no such figure
   */
  public void speeds(List<String> titles, int runs, double warmUpSeconds, Consumer<Result> out) {
    List<Figure> figures =
        (titles.isEmpty() ? figures() : titles).stream().map(Figure::of).toList();
    Stopwatch stopwatch = new Stopwatch(Stopwatch.Plan.of(runs, warmUpSeconds));
    Workload product = Figure.GEMM_PEAK.workload(workbench);
    Speed peak = Speed.ofPeak(stopwatch.time(product.run()), product.operations());
    out.accept(peak);
    for (Figure figure : figures) {
      if (figure != Figure.GEMM_PEAK) {
        Workload work = figure.workload(workbench);
        Timing timing = stopwatch.time(work.run());
        out.accept(new Speed(figure.title(), timing, work.operations(), peak.rate()));
      }
    }
  }

  /**
   * Watches the process's memory over training steps of stage 1, after some that fill its buffers.
   */
  public Result memory(int steps) {
    return Memory.watch(workbench.trainStep().run(), MEMORY_WARM_UP, steps);
  }
}
