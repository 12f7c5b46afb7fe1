package org.vqvae.core.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/** The means of figures since they were last asked for. Its state travels in checkpoints. */
final class MeanWindow {
  private static final String COUNT = "count";

  private final Map<String, Double> sums = new LinkedHashMap<>();
  private double count;

  void add(Map<String, Double> figures) {
    figures.forEach((name, value) -> sums.merge(name, value, Double::sum));
    count++;
  }

  /** The means, in the order in which the figures first came; the window is empty after. */
  Map<String, Double> drain() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum / count));
    sums.clear();
    count = 0;
    return means;
  }

  Map<String, Double> state() {
    Map<String, Double> state = new LinkedHashMap<>(sums);
    state.put(COUNT, count);
    return state;
  }

  void restore(Map<String, Double> state) {
    sums.clear();
    sums.putAll(state);
    Double restored = sums.remove(COUNT);
    count = restored == null ? 0 : restored;
  }
}
