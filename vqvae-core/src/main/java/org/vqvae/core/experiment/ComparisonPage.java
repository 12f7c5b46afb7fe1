package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vqvae.core.DataSpec.Medium;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.Exhibits.Pair;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;

/** A page that shows originals and a run's reconstructions of them side by side. */
final class ComparisonPage {
  private static final String NAME = "reconstructions.html";

  private final ExperimentConfig config;
  private final Optional<Exhibits> exhibits;

  ComparisonPage(ExperimentConfig config, Medium medium) {
    this.config = config;
    this.exhibits = config.exhibits(medium);
  }

  /** Writes it to a folder; nothing where no module can show the medium. */
  Optional<Path> write(List<Pair> pairs, Path folder) {
    return exhibits.map(
        medium -> {
          String count = pairs.size() == 1 ? "One example" : pairs.size() + " examples";
          ReportHeader header =
              new ReportHeader(
                  config.settings().name(),
                  count + ", encoded and decoded.",
                  List.of(),
                  RunReport.settings(config));
          Path file = folder.resolve(NAME);
          new Report(header, List.of(medium.compared(pairs)), "Written by vqvae.").write(file);
          return file;
        });
  }
}
