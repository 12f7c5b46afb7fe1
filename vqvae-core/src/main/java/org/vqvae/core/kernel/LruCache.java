package org.vqvae.core.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A map of bounded size that makes what it lacks and closes what was unused for longest. */
final class LruCache<K, V extends AutoCloseable> implements AutoCloseable {
  private final int capacity;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  LruCache(int capacity) {
    this.capacity = capacity;
  }

  V get(K key, Function<K, V> maker) {
    V value = entries.get(key);
    if (value == null) {
      value = maker.apply(key);
      entries.put(key, value);
      if (entries.size() > capacity) {
        Map.Entry<K, V> oldest = entries.entrySet().iterator().next();
        entries.remove(oldest.getKey());
        close(oldest.getValue());
      }
    }
    return value;
  }

  int size() {
    return entries.size();
  }

  @Override
  public void close() {
    entries.values().forEach(LruCache::close);
    entries.clear();
  }

  private static void close(AutoCloseable value) {
    try {
      value.close();
    } catch (Exception e) {
      throw new IllegalStateException("could not free " + value, e);
    }
  }
}
