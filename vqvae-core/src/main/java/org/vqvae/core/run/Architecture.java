package org.vqvae.core.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.store.StoreException;

/**
 * What an autoencoder computes beside its weights: the settings of its parts.
 *
 * @param identity the settings that differ from their defaults, see {@link
 *     org.vqvae.core.plugin.ExperimentConfig#identity}: part of the fingerprint, so that a setting
 *     that is added later changes none
 * @param resolved all settings with their values, as JSON
 */
public record Architecture(String identity, String resolved) {

  /** Of these sections of a resolved config. */
  public static Architecture of(String identity, ConfigObject resolved) {
    return new Architecture(identity, resolved.render(ConfigRenderOptions.concise()));
  }

  /**
   * Fails unless another config has every setting of this one with the same value; it may have
   * others, which were added later.
   *
   * @throws StoreException naming the setting that differs
   */
  void checkSame(Architecture other, String where) {
    try {
      check("", parse(resolved).root(), parse(other.resolved).root(), where);
    } catch (ConfigException e) {
      throw new StoreException(where + ": its description cannot be read: " + e.getMessage(), e);
    }
  }

  private static Config parse(String json) {
    return ConfigFactory.parseString(json);
  }

  private static void check(
      String path, ConfigValue trained, @Nullable ConfigValue now, String where) {
    if (trained instanceof ConfigObject object && now instanceof ConfigObject others) {
      object.forEach((key, value) -> check(path + "." + key, value, others.get(key), where));
    } else if (trained instanceof ConfigList list
        && now instanceof ConfigList others
        && list.size() == others.size()) {
      for (int i = 0; i < list.size(); i++) {
        check(path + "[" + i + "]", list.get(i), others.get(i), where);
      }
    } else if (now == null || !trained.unwrapped().equals(now.unwrapped())) {
      throw new StoreException(
          "%s: was trained with %s = %s but the config says %s: undo the change, or train it again"
              .formatted(
                  where,
                  path.substring(1),
                  trained.render(ConfigRenderOptions.concise()),
                  now == null ? "nothing" : now.render(ConfigRenderOptions.concise())));
    }
  }
}
