package org.vqvae.core.plugin;

import java.util.function.Function;
import org.vqvae.core.config.ConfigReader;

/** Every component that the loaded modules offer, by role and type name. */
public final class Catalog {

  private Catalog() {}

  /** Collects components. */
  public static final class Builder {

    /**
     * Adds a component: config chooses it by {@code <role> { type = <type>, ...settings }}; Guice
     * builds it with its settings, its nested components, {@link org.vqvae.core.kernel.Kernels} and
     * {@link org.vqvae.core.random.RandomStreams} to inject.
     */
    public <T, S> Builder add(
        Class<T> role,
        String type,
        Class<? extends T> implementation,
        Class<S> settings,
        Function<ConfigReader, S> reader) {
      return this;
    }
  }
}
