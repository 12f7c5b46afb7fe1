package org.vqvae.core.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vqvae.core.CodeUsage;
import org.vqvae.core.CodeUsages;
import org.vqvae.core.Medium;
import org.vqvae.core.Prior;
import org.vqvae.core.coder.ComponentLines;
import org.vqvae.core.report.Bound;
import org.vqvae.core.report.BoundSection;
import org.vqvae.core.report.CodebookName;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.KeyCatalog;
import org.vqvae.core.report.LevelsSection;
import org.vqvae.core.report.RepeatSection;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.ResultsSection;
import org.vqvae.core.report.Summary;
import org.vqvae.core.report.UsageSection;
import org.vqvae.core.run.Provenance;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.stage.AutoencoderEvaluation;
import org.vqvae.core.stage.FittedPrior;
import org.vqvae.core.stage.TrainedRun;
import org.vqvae.core.store.MetricsLog;

/**
 * Puts a finished run before a person and before scripts: {@code report.html} and {@code
 * results.json}.
 */
public final class RunReport {
  private static final double NANOS = 1e9;
  private static final String FOOTER = "Written by vqvae. Every figure is in results.json.";

  private final TrainedRun run;
  private final List<MetricsLog.Line> metrics;
  private final Medium medium;
  private final Optional<Exhibits> exhibits;

  public RunReport(TrainedRun run) {
    this.run = run;
    this.metrics = MetricsLog.read(run.folder().metrics());
    this.medium = run.autoencoder().data().spec().medium();
    this.exhibits = run.config().exhibits(medium);
  }

  /** Measures the run, writes both files, and returns what they say in short. */
  public Summary write() {
    List<FittedPrior> priors = run.autoencoder().hasCodes() ? run.fitted() : List.of();
    long start = System.nanoTime();
    Evidence evidence = new RunEvidence(run, priors);
    Measurement measurement = new Measurement(run, metrics);
    AutoencoderEvaluation test = measurement.test();
    Results known = measurement.results(priors, test, evidence);
    Results measured =
        known.with(exhibits.map(it -> it.measure(evidence, known)).orElse(Results.empty()));
    Results results =
        Measurement.withTotal(measured, (System.nanoTime() - start) / NANOS).ordered(keys());
    results.write(run.folder().results());
    Summary summary = new Summary(results, baselines(run, results), exhibits);
    ReportHeader header =
        new ReportHeader(
            run.settings().name(),
            summary.verdict(),
            summary.tiles(),
            ComponentLines.of(run.config()));
    new Report(header, sections(evidence, test, results), FOOTER).write(run.folder().report());
    return summary;
  }

  private KeyCatalog keys() {
    return KeyCatalog.core().with(medium.name(), run.config().keys(medium));
  }

  /** The priors that see no context, and the one of them to compare the others with. */
  private static Summary.Baselines baselines(TrainedRun run, Results results) {
    Set<String> contextFree =
        run.priors().entrySet().stream()
            .filter(each -> isContextFree(each.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return new Summary.Baselines(contextFree, compared(run, results));
  }

  private static boolean isContextFree(Prior prior) {
    return prior.isContextFree();
  }

  /** The last of the baselines that were measured. */
  static Optional<String> compared(TrainedRun run, Results results) {
    return run.baselines().stream()
        .filter(results.priors()::contains)
        .reduce((first, second) -> second);
  }

  private List<ReportSection> sections(
      Evidence evidence, AutoencoderEvaluation test, Results results) {
    List<ReportSection> sections = new ArrayList<>();
    exhibits.ifPresent(it -> sections.addAll(it.sections(evidence, results)));
    sections.add(
        new BoundSection(
            "What a value costs", results, Bound.levels(evidence.likelihood(), medium)));
    if (LevelsSection.isMeasured(results)) {
      sections.add(new LevelsSection("What parts of the codes are worth", results));
    }
    sections.add(new RunCharts(run.chosenPrior(), compared(run, results), metrics).curves(results));
    test.usage().ifPresent(usages -> sections.add(usage(usages)));
    sections.add(new ResultsSection("All figures", results));
    sections.add(repeat());
    return sections;
  }

  private static ReportSection usage(CodeUsages usages) {
    Map<String, CodeUsage> codebooks = new LinkedHashMap<>();
    for (CodebookName name : CodebookName.of(usages.shape())) {
      codebooks.put(name.name(), usages.get(name.map(), name.codebook()));
    }
    return new UsageSection("Codebook", "How often each code occurs in the test set.", codebooks);
  }

  private ReportSection repeat() {
    RunFolder folder = run.folder();
    Provenance provenance = Provenance.read(folder);
    Map<String, String> facts = new LinkedHashMap<>(provenance.versions());
    facts.putAll(provenance.machine());
    facts.put("started", provenance.started().toString());
    facts.put("data", provenance.data());
    facts.put("autoencoder", run.autoencoder().fingerprint());
    return new RepeatSection(
        "Repeat it",
        List.of("./vqvae run " + folder.config().getFileName() + " --out another-run"),
        facts,
        RunFolder.text(folder.config()));
  }
}
