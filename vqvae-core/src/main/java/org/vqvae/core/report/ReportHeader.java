package org.vqvae.core.report;

import java.util.List;
import java.util.Map;

/**
 * The head of a report.
 *
 * @param experiment the name of the experiment
 * @param verdict what came out, in a sentence
 * @param tiles the figures to see first
 * @param settings the choices that matter, by name and in order, such as {@code quantizer: ema, K
 *     512, D 64}
 */
public record ReportHeader(
    String experiment, String verdict, List<Tile> tiles, Map<String, String> settings) {

  /** A figure to see first: what it is, its value, and what to compare it with. */
  public record Tile(String label, String value, String note) {}
}
