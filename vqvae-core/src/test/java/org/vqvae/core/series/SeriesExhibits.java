package org.vqvae.core.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Medium;
import org.vqvae.core.data.Example;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.report.ChartsSection;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.Figures;
import org.vqvae.core.report.LineChart;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKey;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.Scale;
import org.vqvae.core.report.Series;

/** Series drawn over time, each with its reconstruction; how far they are apart is measured. */
final class SeriesExhibits implements Exhibits {
  static final ResultKey ERROR =
      new ResultKey(
          "series.error",
          "units of the series",
          "Mean error",
          "The absolute difference of a number and its reconstruction, the mean over some series.");
  static final ResultKey CODE_RATE =
      new ResultKey(
          "series.codes-per-second",
          "codes per second",
          "Codes per second",
          "The codes of a series, by the seconds that it lasts.");
  static final List<ResultKey> KEYS = List.of(ERROR, CODE_RATE);
  private static final int SHOWN = 4;

  @Override
  public Medium medium() {
    return SeriesPlugin.SERIES;
  }

  @Override
  public Results measure(Evidence evidence, Results known) {
    Reconstructions made = evidence.reconstructions(SHOWN);
    float[] originals = FloatArrays.read(made.originals());
    float[] reconstructions = FloatArrays.read(made.reconstructions());
    double error =
        IntStream.range(0, originals.length)
            .mapToDouble(i -> Math.abs(originals[i] - reconstructions[i]))
            .average()
            .orElseThrow();
    double seconds = evidence.data().grid().size(0) / evidence.data().rate();
    return Results.empty()
        .with(ERROR, error)
        .with(CODE_RATE, evidence.codeShape().orElseThrow().codes() / seconds);
  }

  @Override
  public Optional<String> verdict(Results results) {
    double error = results.number(ERROR).orElseThrow();
    return Optional.of("Reconstructions are off by " + Figures.decimals(error, 2));
  }

  @Override
  public List<ReportSection> sections(Evidence evidence, Results results) {
    Reconstructions made = evidence.reconstructions(SHOWN);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < made.count(); i++) {
      String name = "test series " + made.indices()[i];
      pairs.add(
          new Pair(
              name,
              example(evidence, made.originals(), i),
              example(evidence, made.reconstructions(), i)));
    }
    return List.of(compared(pairs));
  }

  private static Example example(Evidence evidence, INDArray batch, int index) {
    int each = evidence.data().values();
    float[] values = FloatArrays.read(batch);
    return new Example(
        evidence.data(), Arrays.copyOfRange(values, index * each, (index + 1) * each));
  }

  @Override
  public ReportSection compared(List<Pair> pairs) {
    return new ChartsSection(
        "Series and what became of them",
        "The numbers, and what is decoded from their codes.",
        pairs.stream().map(SeriesExhibits::chart).toList());
  }

  private static LineChart chart(Pair pair) {
    return new LineChart(
        pair.name(),
        "seconds",
        Scale.LINEAR,
        List.of(
            curve("original", pair.original()), curve("reconstruction", pair.reconstruction())));
  }

  private static Series curve(String name, Example example) {
    double rate = example.spec().rate();
    float[] values = example.values();
    return new Series(
        name,
        IntStream.range(0, values.length).mapToDouble(t -> t / rate).toArray(),
        IntStream.range(0, values.length).mapToDouble(t -> values[t]).toArray());
  }
}
