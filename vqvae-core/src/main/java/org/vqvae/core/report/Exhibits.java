package org.vqvae.core.report;

import java.util.List;
import java.util.Optional;
import org.vqvae.core.Medium;
import org.vqvae.core.data.Example;

/**
 * How the examples of one medium are shown to a person, and what is measured of them beside what
 * all media have. A module offers one for its medium, with the keys of its figures, see {@link
 * org.vqvae.core.plugin.Catalog.Builder#medium}.
 */
public interface Exhibits {

  Medium medium();

  /**
   * Figures of this medium.
   *
   * @param evidence made by the run when it is first asked for
   * @param known what all media have
   * @return what is to be added
   */
  Results measure(Evidence evidence, Results known);

  /** The sections that show examples, first among those of the report. */
  List<ReportSection> sections(Evidence evidence, Results results);

  /**
   * The section that shows originals beside what became of them.
   *
   * @param pairs one or more, of any sizes
   */
  ReportSection compared(List<Pair> pairs);

  /**
   * How well examples are reconstructed, as a sentence without its full stop. It replaces the
   * sentence that all media have; empty: that one stays.
   */
  default Optional<String> verdict(Results results) {
    return Optional.empty();
  }

  /**
   * How well examples are reconstructed, as figures to see first. They replace the error and the
   * bits per dim that all media have; none: those stay.
   */
  default List<ReportHeader.Tile> tiles(Results results) {
    return List.of();
  }

  /**
   * An original and its reconstruction.
   *
   * @param name of both, such as that of the file
   * @param original of any size
   * @param reconstruction of the same form
   */
  record Pair(String name, Example original, Example reconstruction) {}
}
