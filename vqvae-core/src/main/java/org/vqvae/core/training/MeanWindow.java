package org.vqvae.core.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** The means of figures since they were last asked for. Its state travels in checkpoints. */
final class MeanWindow {
  private static final String PREFIX = "window/";
  private static final String COUNT = PREFIX;

  private final Map<String, Double> sums = new LinkedHashMap<>();

  /** Sums of a checkpoint until the first figures after it say their order. */
  private final Map<String, Double> restored = new LinkedHashMap<>();

  private long count;

  void add(Map<String, Double> figures) {
    figures.keySet().forEach(name -> sums.putIfAbsent(name, restored.getOrDefault(name, 0.0)));
    restored.clear();
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

  /** The sums as bit patterns of doubles: a checkpoint's counters are whole numbers. */
  Map<String, Long> state() {
    Map<String, Long> state = new LinkedHashMap<>();
    sums.forEach((name, sum) -> state.put(PREFIX + name, Double.doubleToRawLongBits(sum)));
    state.put(COUNT, count);
    return state;
  }

  /** Goes on from {@link #state()}. */
  void restore(Map<String, Long> state) {
    sums.clear();
    restored.clear();
    state.forEach(
        (name, bits) -> {
          if (name.startsWith(PREFIX) && !name.equals(COUNT)) {
            restored.put(name.substring(PREFIX.length()), Double.longBitsToDouble(bits));
          }
        });
    count = state.getOrDefault(COUNT, 0L);
  }
}
