package org.vqvae.core.measure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vqvae.core.report.ChartsSection;
import org.vqvae.core.report.LineChart;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.Scale;
import org.vqvae.core.report.Series;
import org.vqvae.core.stage.AutoencoderTask;
import org.vqvae.core.stage.PriorTask;
import org.vqvae.core.store.MetricsLog;
import org.vqvae.core.training.Metrics;

/** How a run's training went, as charts: one for each term of the loss, and those of the codes. */
final class RunCharts {
  private static final String NLL = "nll";

  private final String prior;
  private final Optional<String> baseline;
  private final List<MetricsLog.Line> metrics;

  /**
   * @param prior that was trained
   * @param baseline to compare it with
   * @param metrics what was written while training
   */
  RunCharts(String prior, Optional<String> baseline, List<MetricsLog.Line> metrics) {
    this.prior = prior;
    this.baseline = baseline;
    this.metrics = metrics;
  }

  ReportSection curves(Results results) {
    List<LineChart> charts = new ArrayList<>();
    terms().forEach(term -> charts.add(term(term)));
    add(charts, "MSE over data variance", Scale.LOGARITHMIC, "", Metrics.VALIDATION_NMSE);
    add(
        charts,
        "Perplexity",
        Scale.FROM_ZERO,
        Metrics.BATCH_PERPLEXITY,
        Metrics.VALIDATION_PERPLEXITY);
    add(
        charts,
        "Codes in use",
        Scale.FROM_ZERO,
        Metrics.BATCH_CODES_USED,
        Metrics.VALIDATION_CODES_USED);
    priorChart(results).ifPresent(charts::add);
    return new ChartsSection(
        "Curves",
        "Training figures are means over the steps since the point before; validation figures are"
            + " over the whole validation set. Terms of the loss are drawn before their weights.",
        charts);
  }

  /** The terms of the loss, in their order. */
  private Set<String> terms() {
    Set<String> terms = new LinkedHashSet<>();
    metrics.stream()
        .filter(line -> line.stage().equals(AutoencoderTask.STAGE))
        .flatMap(line -> line.values().keySet().stream())
        .filter(TrainingFigures::isTerm)
        .forEach(terms::add);
    return terms;
  }

  private LineChart term(String term) {
    boolean isNll = term.equals(NLL);
    return chart(
        isNll ? "Negative log-likelihood, nats per value" : "Loss term: " + term,
        isNll ? Scale.LINEAR : Scale.LOGARITHMIC,
        List.of(
            series("train", AutoencoderTask.STAGE, term),
            series("validation", AutoencoderTask.STAGE, Metrics.validation(term))));
  }

  /** Adds a chart of a training and a validation figure, if there is anything to draw. */
  private void add(
      List<LineChart> charts, String title, Scale scale, String training, String validation) {
    List<Series> series = new ArrayList<>();
    Series batches = series("train batch", AutoencoderTask.STAGE, training);
    Series set = series("validation set", AutoencoderTask.STAGE, validation);
    for (Series each : List.of(batches, set)) {
      if (each.x().length > 0) {
        series.add(each);
      }
    }
    if (!series.isEmpty()) {
      charts.add(chart(title, scale, series));
    }
  }

  private Optional<LineChart> priorChart(Results results) {
    Series train = series("train", PriorTask.STAGE, Metrics.BITS_PER_CODE);
    if (train.x().length == 0) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>(List.of(train));
    series.add(series("validation", PriorTask.STAGE, Metrics.VALIDATION_BITS_PER_CODE));
    baseline.ifPresent(
        name ->
            results
                .number(ResultKeys.PRIOR_BITS.of(name))
                .ifPresent(bits -> series.add(Series.level(name, 0, last(train.x()), bits))));
    return Optional.of(chart(prior + ": bits per code", Scale.LINEAR, series));
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static LineChart chart(String title, Scale scale, List<Series> series) {
    return new LineChart(title, "step", scale, series);
  }

  private Series series(String name, String stage, String metric) {
    List<MetricsLog.Line> lines =
        metrics.stream()
            .filter(line -> line.stage().equals(stage) && line.values().containsKey(metric))
            .toList();
    return new Series(
        name,
        lines.stream().mapToDouble(MetricsLog.Line::step).toArray(),
        lines.stream().mapToDouble(line -> line.values().get(metric)).toArray());
  }
}
