package org.vqvae.core.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vqvae.core.report.ChartsSection;
import org.vqvae.core.report.LineChart;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.Scale;
import org.vqvae.core.report.Series;
import org.vqvae.core.store.MetricsLog;

/** How a run's training went, as charts. */
final class RunCharts {
  private final String prior;
  private final List<MetricsLog.Line> metrics;

  /**
   * @param prior that was trained
   * @param metrics what was written while training
   */
  RunCharts(String prior, List<MetricsLog.Line> metrics) {
    this.prior = prior;
    this.metrics = metrics;
  }

  ReportSection curves(Results results) {
    String stage = AutoencoderTask.STAGE;
    List<LineChart> charts = new ArrayList<>();
    charts.add(
        chart(
            "Negative log-likelihood, nats per value",
            Scale.LINEAR,
            series("train", stage, Metrics.NATS),
            series("validation", stage, Metrics.VALIDATION_NATS)));
    charts.add(
        chart(
            "MSE over data variance",
            Scale.LOGARITHMIC,
            series("validation", stage, Metrics.VALIDATION_NMSE)));
    charts.add(
        chart(
            "Quantizer losses",
            Scale.LOGARITHMIC,
            series("codebook", stage, Metrics.CODEBOOK_LOSS),
            series("commitment", stage, Metrics.COMMITMENT_LOSS)));
    charts.add(
        chart(
            "Perplexity",
            Scale.FROM_ZERO,
            series("train batch", stage, Metrics.BATCH_PERPLEXITY),
            series("validation set", stage, Metrics.VALIDATION_PERPLEXITY)));
    charts.add(
        chart(
            "Codes in use",
            Scale.FROM_ZERO,
            series("train batch", stage, Metrics.BATCH_CODES_USED),
            series("validation set", stage, Metrics.VALIDATION_CODES_USED)));
    Series penalty = series("train", stage, Metrics.PENALTY);
    if (penalty.x().length > 0) {
      charts.add(chart("Penalty beside the likelihood", Scale.LOGARITHMIC, penalty));
    }
    priorChart(results).ifPresent(charts::add);
    return new ChartsSection(
        "Curves",
        "Training figures are means over the steps since the point before; validation figures are"
            + " over the whole validation set.",
        charts);
  }

  private Optional<LineChart> priorChart(Results results) {
    Series train = series("train", PriorTask.STAGE, Metrics.BITS_PER_CODE);
    if (train.x().length == 0) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>(List.of(train));
    series.add(series("validation", PriorTask.STAGE, Metrics.VALIDATION_BITS_PER_CODE));
    results
        .number(ResultKeys.PRIOR_BITS.of("unigram"))
        .ifPresent(bits -> series.add(Series.level("unigram", 0, last(train.x()), bits)));
    return Optional.of(new LineChart(prior + ": bits per code", "step", Scale.LINEAR, series));
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static LineChart chart(String title, Scale scale, Series... series) {
    return new LineChart(title, "step", scale, List.of(series));
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
