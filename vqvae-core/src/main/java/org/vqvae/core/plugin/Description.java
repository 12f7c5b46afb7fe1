package org.vqvae.core.plugin;

import java.util.List;
import org.vqvae.core.config.Setting;

/**
 * All that there is to say about a component.
 *
 * @param comment what the module's {@code reference.conf} says about it: what it is, and the paper
 */
public record Description(
    String role,
    String type,
    String module,
    Class<?> implementation,
    List<String> comment,
    List<Setting> settings) {

  public Description {
    comment = List.copyOf(comment);
    settings = List.copyOf(settings);
  }
}
