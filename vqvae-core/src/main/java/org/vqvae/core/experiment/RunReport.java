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
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.report.Bound;
import org.vqvae.core.report.BoundSection;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.RepeatSection;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.ResultsSection;
import org.vqvae.core.report.Summary;
import org.vqvae.core.report.UsageSection;
import org.vqvae.core.store.MetricsLog;

/**
 * Puts a finished run before a person and before scripts: {@code report.html} and {@code
 * results.json}.
 */
final class RunReport {
  private static final double NANOS = 1e9;
  private static final String FOOTER = "Written by vqvae. Every figure is in results.json.";

  private final Experiment experiment;
  private final List<MetricsLog.Line> metrics;
  private final Optional<Exhibits> exhibits;

  RunReport(Experiment experiment) {
    this.experiment = experiment;
    this.metrics = MetricsLog.read(experiment.folder().metrics());
    this.exhibits = experiment.config().exhibits(experiment.autoencoder().data().spec().medium());
  }

  /** Measures the run, writes both files, and returns the figures. */
  Results write(List<FittedPrior> priors) {
    long start = System.nanoTime();
    Evidence evidence = new RunEvidence(experiment, priors);
    Measurement measurement = new Measurement(experiment, metrics);
    AutoencoderEvaluation test = measurement.test();
    Results known = measurement.results(priors, test, evidence);
    Results measured =
        known.with(exhibits.map(it -> it.measure(evidence, known)).orElse(Results.empty()));
    Results results = Measurement.withTotal(measured, (System.nanoTime() - start) / NANOS);
    results.write(experiment.folder().results());
    Summary summary = new Summary(results);
    ReportHeader header =
        new ReportHeader(
            experiment.config().settings().name(),
            summary.verdict(),
            summary.tiles(),
            settings(experiment.config()));
    new Report(header, sections(evidence, test, results), FOOTER)
        .write(experiment.folder().report());
    return results;
  }

  private List<ReportSection> sections(
      Evidence evidence, AutoencoderEvaluation test, Results results) {
    List<ReportSection> sections = new ArrayList<>();
    exhibits.ifPresent(it -> sections.addAll(it.sections(evidence, results)));
    sections.add(
        new BoundSection(
            "What a value costs",
            results,
            Bound.levels(evidence.likelihood(), evidence.data().medium())));
    sections.add(new RunCharts(experiment.chosenPrior(), metrics).curves(results));
    sections.add(
        new UsageSection(
            "Codebook", "How often each code occurs in the test set.", test.usage().counts()));
    sections.add(new ResultsSection("All figures", results));
    sections.add(repeat());
    return sections;
  }

  /** The chosen components, each with its settings on one line. */
  static Map<String, String> settings(ExperimentConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    ConfigObject resolved = config.resolved();
    for (String role : List.of("data", "encoder", "quantizer", "decoder", "prior")) {
      if (resolved.get(role) instanceof ConfigObject component) {
        settings.put(role, line(component));
      }
    }
    return settings;
  }

  /** The type, if it has one, then the settings. */
  private static String line(ConfigObject component) {
    Stream<String> others =
        component.entrySet().stream()
            .filter(setting -> !setting.getKey().equals("type"))
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> setting.getKey() + " " + shown(setting.getValue()));
    return Stream.concat(Stream.ofNullable(component.get("type")).map(RunReport::shown), others)
        .collect(Collectors.joining(", "));
  }

  private static String shown(ConfigValue value) {
    return value instanceof ConfigObject object
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
}
