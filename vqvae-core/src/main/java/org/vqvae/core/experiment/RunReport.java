package org.vqvae.core.experiment;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.DataSpec;
import org.vqvae.core.report.BoundSection;
import org.vqvae.core.report.ChartsSection;
import org.vqvae.core.report.ClassSamplesSection;
import org.vqvae.core.report.Figures;
import org.vqvae.core.report.ImageGrid;
import org.vqvae.core.report.Images;
import org.vqvae.core.report.LineChart;
import org.vqvae.core.report.Picture;
import org.vqvae.core.report.PicturesSection;
import org.vqvae.core.report.RepeatSection;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.ResultsSection;
import org.vqvae.core.report.Scale;
import org.vqvae.core.report.Series;
import org.vqvae.core.report.Summary;
import org.vqvae.core.report.UsageSection;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.store.MetricsLog;

/**
 * Puts a finished run before a person and before scripts: {@code report.html} and {@code
 * results.json}.
 */
final class RunReport {
  private static final int RECONSTRUCTIONS = 24;
  private static final int PAIRS_IN_A_ROW = 12;
  private static final int SAMPLES_IN_A_ROW = 8;
  private static final int SAMPLES_OF_A_CLASS = 10;

  private final Experiment experiment;
  private final Gallery gallery;
  private final List<MetricsLog.Line> metrics;

  RunReport(Experiment experiment) {
    this.experiment = experiment;
    this.gallery = new Gallery(experiment);
    this.metrics = MetricsLog.read(experiment.folder().metrics());
  }

  /** Measures the run, writes both files, and returns the figures. */
  Results write(List<FittedPrior> priors) {
    Measurement measurement = new Measurement(experiment);
    AutoencoderEvaluation test = measurement.test();
    Results results = measurement.results(priors, test);
    results.write(experiment.folder().results());
    Summary summary = new Summary(results);
    ReportHeader header =
        new ReportHeader(
            experiment.config().settings().name(), summary.verdict(), summary.tiles(), settings());
    new Report(header, sections(priors, test, results), footer())
        .write(experiment.folder().report());
    return results;
  }

  private List<ReportSection> sections(
      List<FittedPrior> priors, AutoencoderEvaluation test, Results results) {
    List<ReportSection> sections = new ArrayList<>();
    if (experiment.autoencoder().data().spec().medium() == DataSpec.Medium.IMAGE) {
      sections.add(reconstructions());
      sections.add(samples(priors, results));
      priors.stream()
          .filter(prior -> prior.conditional() && prior.name().equals(experiment.chosenPrior()))
          .forEach(prior -> sections.add(classSamples(prior)));
    }
    sections.add(new BoundSection("What a value costs", results));
    sections.add(curves(results));
    sections.add(
        new UsageSection(
            "Codebook", "How often each code occurs in the test set.", test.usage().counts()));
    sections.add(new ResultsSection("All figures", results));
    sections.add(repeat());
    return sections;
  }

  private ReportSection reconstructions() {
    Gallery.Reconstructions made = gallery.reconstructions(RECONSTRUCTIONS);
    Images originals = Images.of(made.originals());
    Images reconstructions = Images.of(made.reconstructions());
    List<Picture> rows = new ArrayList<>();
    for (int from = 0; from < originals.count(); from += PAIRS_IN_A_ROW) {
      int to = Math.min(originals.count(), from + PAIRS_IN_A_ROW);
      rows.add(
          new Picture(
              "",
              "",
              (to - from) + " pairs of pictures, originals above their reconstructions",
              new ImageGrid(PAIRS_IN_A_ROW / 2, 3)
                  .pairs(originals.slice(from, to), reconstructions.slice(from, to)),
              3));
    }
    return new PicturesSection(
        "Reconstructions",
        "Pictures of the test set, never trained on. Of each pair, the original is above and what the decoder makes of its %d codes is below."
            .formatted(experiment.autoencoder().network().codeSpace().positions()),
        rows);
  }

  private ReportSection samples(List<FittedPrior> priors, Results results) {
    SamplingSettings settings = experiment.samplingSettings();
    int count = experiment.config().settings().sampling().count();
    List<Picture> sheets = new ArrayList<>();
    for (FittedPrior prior : priors) {
      INDArray samples =
          gallery.samples(prior, settings, count, gallery.labels(prior, count), seed());
      double bits = results.number(ResultKeys.PRIOR_BITS.of(prior.name())).orElseThrow();
      sheets.add(
          new Picture(
              prior.name(),
              Figures.decimals(bits, 2) + " bits per code",
              "%d pictures sampled from %s".formatted(count, prior.name()),
              new ImageGrid(SAMPLES_IN_A_ROW, 2).sheet(Images.of(samples)),
              2));
    }
    return new PicturesSection(
        "Samples",
        "Codes drawn from each prior, decoded. The fewer bits a code costs, the more the prior"
            + " knows.",
        sheets);
  }

  private ReportSection classSamples(FittedPrior prior) {
    List<String> classes = experiment.autoencoder().data().spec().classes();
    int[] labels = new int[classes.size() * SAMPLES_OF_A_CLASS];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / SAMPLES_OF_A_CLASS;
    }
    Images samples =
        Images.of(
            gallery.samples(prior, experiment.samplingSettings(), labels.length, labels, seed()));
    List<Picture> rows = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      rows.add(
          new Picture(
              classes.get(i),
              "",
              "%d samples of %s".formatted(SAMPLES_OF_A_CLASS, classes.get(i)),
              new ImageGrid(SAMPLES_OF_A_CLASS, 2)
                  .sheet(samples.slice(i * SAMPLES_OF_A_CLASS, (i + 1) * SAMPLES_OF_A_CLASS)),
              2));
    }
    return new ClassSamplesSection(
        "Samples by class", "Drawn from %s, given the class.".formatted(prior.name()), rows);
  }

  private long seed() {
    return experiment.config().settings().seed();
  }

  private ReportSection curves(Results results) {
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
    return Optional.of(
        new LineChart(experiment.chosenPrior() + ": bits per code", "step", Scale.LINEAR, series));
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

  /** The chosen components, each with its settings on one line. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    ConfigObject resolved = experiment.config().resolved();
    for (String role : List.of("data", "encoder", "quantizer", "decoder", "prior")) {
      if (resolved.get(role) instanceof ConfigObject component) {
        settings.put(role, line(component));
      }
    }
    return settings;
  }

  private static String line(ConfigObject component) {
    Stream<String> others =
        component.entrySet().stream()
            .filter(setting -> !setting.getKey().equals("type"))
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> setting.getKey() + " " + shown(setting.getValue()));
    return Stream.concat(Stream.of(shown(component.get("type"))), others)
        .collect(Collectors.joining(", "));
  }

  private static String shown(@Nullable ConfigValue value) {
    if (value == null) {
      return "";
    }
    return value instanceof ConfigObject object && object.get("type") != null
        ? line(object)
        : value.render(ConfigRenderOptions.concise()).replace("\"", "");
  }

  private ReportSection repeat() {
    RunFolder folder = experiment.folder();
    Provenance provenance =
        Provenance.parse(RunFolder.text(folder.provenance()), folder.provenance().toString());
    Map<String, String> facts = new LinkedHashMap<>(provenance.versions());
    facts.putAll(provenance.machine());
    facts.put("started", provenance.started().toString());
    facts.put("data", provenance.data());
    facts.put("autoencoder", experiment.autoencoder().fingerprint());
    return new RepeatSection(
        "Repeat it",
        List.of("./vqvae run " + folder.config().getFileName() + " --out another-run"),
        facts,
        RunFolder.text(folder.config()));
  }

  private static String footer() {
    return "Written by vqvae. Every figure is in results.json.";
  }
}
