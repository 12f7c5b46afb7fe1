package org.vqvae.core.report;

/**
 * A part of a report, such as the curves. A pipeline shows what it makes by sections of its own.
 */
public interface ReportSection {

  /** The heading. */
  String title();

  /** Writes what follows the heading. */
  void write(Markup page);
}
