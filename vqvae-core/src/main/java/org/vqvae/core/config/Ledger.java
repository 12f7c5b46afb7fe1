package org.vqvae.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was read of one section: which settings there are, and what each of them is. */
final class Ledger {
  private final Map<String, List<Setting>> settings = new LinkedHashMap<>();
  private final Map<String, Object> resolved = new LinkedHashMap<>();
  private final Map<String, Object> nonDefault = new LinkedHashMap<>();

  /**
   * Records that there is a setting.
   *
   * @param described itself, or the settings of the section that it is
   * @return false if it was there before
   */
  boolean register(String key, List<Setting> described) {
    return settings.put(key, described) == null;
  }

  /** Records a value that is the default. */
  void keepDefault(String key, Object value) {
    resolved.put(key, value);
    nonDefault.remove(key);
  }

  /**
   * Records a value that differs from the default.
   *
   * @param different the part of it that differs, or all of it
   */
  void keep(String key, Object value, Object different) {
    resolved.put(key, value);
    nonDefault.put(key, different);
  }

  Set<String> keys() {
    return settings.keySet();
  }

  List<Setting> settings() {
    return settings.values().stream().flatMap(List::stream).toList();
  }

  Map<String, Object> resolved() {
    return resolved;
  }

  Map<String, Object> nonDefault() {
    return nonDefault;
  }
}
