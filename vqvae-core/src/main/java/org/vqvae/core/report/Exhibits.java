package org.vqvae.core.report;

import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.Example;

/**
 * How the examples of one medium are put before a person, and what is measured of them beside what
 * all media have. A module offers one for its medium, see {@link
 * org.vqvae.core.plugin.Catalog.Builder#medium}.
 */
public interface Exhibits {

  DataSpec.Medium medium();

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
   * An original and its reconstruction.
   *
   * @param name of both, such as that of the file
   * @param original of any size
   * @param reconstruction of the same form
   */
  record Pair(String name, Example original, Example reconstruction) {}
}
