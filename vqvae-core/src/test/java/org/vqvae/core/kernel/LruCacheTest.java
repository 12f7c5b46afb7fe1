package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LruCacheTest {
  private final List<String> made = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final LruCache<String, AutoCloseable> cache = new LruCache<>(2);

  @Test
  void what_was_unused_for_longest_is_closed() {
    // When
    get("a");
    get("b");
    get("a");
    get("c");
    // Then
    assertThat(closed).containsExactly("b");
    assertThat(cache.size()).isEqualTo(2);
    get("a");
    assertThat(made).containsExactly("a", "b", "c");
  }

  @Test
  void closing_closes_everything_once() {
    get("a");
    get("b");
    cache.close();
    cache.close();
    assertThat(closed).containsExactlyInAnyOrder("a", "b");
  }

  private void get(String key) {
    cache.get(
        key,
        name -> {
          made.add(name);
          return () -> closed.add(name);
        });
  }
}
