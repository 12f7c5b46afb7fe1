package org.vqvae.core.plugin;

import java.util.List;

/**
 * A component that an experiment chose, with its settings.
 *
 * @param path where it stands in the experiment, such as {@code quantizer} or {@code
 *     quantizer.dead-codes}
 * @param settings an instance of {@code settingsClass}
 * @param parts the components that it is itself made of
 */
public record Selected<T>(
    String path,
    Class<T> role,
    String type,
    String module,
    Class<? extends T> implementation,
    Class<?> settingsClass,
    Object settings,
    List<Selected<?>> parts) {

  public Selected {
    parts = List.copyOf(parts);
  }

  static <T, S> Selected<T> of(
      String path, Component<T, S> component, S settings, List<Selected<?>> parts) {
    return new Selected<>(
        path,
        component.role(),
        component.type(),
        component.module(),
        component.implementation(),
        component.settings(),
        settings,
        parts);
  }
}
