package org.vqvae.core.plugin;

/**
 * What a module offers to experiments. Found by {@link java.util.ServiceLoader}: name the class in
 * {@code META-INF/services/org.vqvae.core.plugin.VqvaePlugin}.
 */
public interface VqvaePlugin {

  /** The module's name in messages, such as {@code vqvae-quantizers}. */
  String module();

  /** Adds this module's components, one line each. */
  void register(Catalog.Builder catalog);
}
