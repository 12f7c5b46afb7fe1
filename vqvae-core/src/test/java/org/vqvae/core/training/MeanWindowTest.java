package org.vqvae.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MeanWindowTest {
  private final MeanWindow window = new MeanWindow();

  @Test
  void gives_the_means_since_it_was_last_asked() {
    window.add(Map.of("loss", 1.0));
    window.add(Map.of("loss", 2.0));

    assertThat(window.drain()).containsExactly(Map.entry("loss", 1.5));
    window.add(Map.of("loss", 5.0));
    assertThat(window.drain()).containsExactly(Map.entry("loss", 5.0));
  }

  @Test
  void goes_on_from_its_state_bit_for_bit() {
    // Given a window half full
    window.add(Map.of("loss", 0.1));
    MeanWindow restored = new MeanWindow();
    restored.restore(window.state());
    // When both go on
    window.add(Map.of("loss", 0.2));
    restored.add(Map.of("loss", 0.2));
    // Then
    assertThat(restored.drain()).isEqualTo(window.drain());
  }

  @Test
  void keeps_the_order_of_the_figures_when_it_goes_on() {
    // Given a state whose order was lost
    window.add(Map.of("b", 1.0));
    MeanWindow restored = new MeanWindow();
    Map<String, Long> state = new java.util.TreeMap<>(window.state());
    state.put("window/a", Double.doubleToRawLongBits(1.0));
    restored.restore(state);
    // When
    Map<String, Double> figures = new java.util.LinkedHashMap<>();
    figures.put("b", 3.0);
    figures.put("a", 5.0);
    restored.add(figures);
    // Then
    assertThat(restored.drain()).containsExactly(Map.entry("b", 2.0), Map.entry("a", 3.0));
  }

  @Test
  void restoring_leaves_other_counters_alone() {
    window.restore(Map.of("position", 3L));

    assertThat(window.drain()).isEmpty();
  }
}
