package org.vqvae.core.coder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vqvae.core.Medium;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.Exhibits.Pair;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;

/**
 * A page that shows originals and a run's reconstructions of them side by side: the first pairs, as
 * many as a page has room for.
 */
public final class ComparisonPage {
  private static final int MOST_PAIRS = 12;
  private static final long MOST_VALUES = 1 << 24;

  private final ExperimentConfig config;
  private final Optional<Exhibits> exhibits;
  private final List<Pair> shown = new ArrayList<>();
  private long values;
  private int added;

  public ComparisonPage(ExperimentConfig config, Medium medium) {
    this.config = config;
    this.exhibits = config.exhibits(medium);
  }

  /** Adds a pair, and keeps it if there is room. */
  public void add(Pair pair) {
    added++;
    long more = (long) pair.original().values().length + pair.reconstruction().values().length;
    if (shown.isEmpty()
        || (shown.size() == added - 1
            && shown.size() < MOST_PAIRS
            && values + more <= MOST_VALUES)) {
      shown.add(pair);
      values += more;
    }
  }

  /** Writes NAME.html; nothing where no module can show the medium. */
  public Optional<Path> write(Path folder, String name) {
    return exhibits.map(
        medium -> {
          ReportHeader header =
              new ReportHeader(
                  config.settings().name(), verdict(), List.of(), ComponentLines.of(config));
          Path file = folder.resolve(name + ".html");
          new Report(header, List.of(medium.compared(shown)), "Written by vqvae.").write(file);
          return file;
        });
  }

  private String verdict() {
    if (added == 1) {
      return "One example, encoded and decoded.";
    }
    return shown.size() == added
        ? "%d examples, encoded and decoded.".formatted(added)
        : "The first %d of %d examples, encoded and decoded.".formatted(shown.size(), added);
  }
}
