package org.vqvae.core.plugin;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Makes injectors that build only what was bound in so many words, and fail when they are made
 * rather than later.
 */
final class StrictInjector {
  private static final Module STRICT =
      binder -> {
        binder.requireExplicitBindings();
        binder.requireAtInjectOnConstructors();
        binder.requireExactBindingAnnotations();
        binder.disableCircularProxies();
      };

  private StrictInjector() {}

  static Injector of(Module... modules) {
    return Guice.createInjector(
        Stage.PRODUCTION, Stream.concat(Stream.of(STRICT), Arrays.stream(modules)).toList());
  }
}
