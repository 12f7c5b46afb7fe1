package org.vqvae.core.config;

/**
 * A handle of a component that config chose for a place. It stands among the settings of the
 * component that has the part; {@link Parts} turns it into the object.
 */
public sealed interface Chosen<T> {

  /** A handle of a ready object, for tests and for users of the library without config. */
  static <T> Chosen<T> of(T ready) {
    return new Ready<>(ready);
  }

  /** The name of its type, such as {@code ema}; of a ready object the simple name of its class. */
  String type();

  /** A ready object. */
  record Ready<T>(T part) implements Chosen<T> {
    @Override
    public String type() {
      return part.getClass().getSimpleName();
    }
  }

  /**
   * A component that is built when it is first asked for.
   *
   * @param role the interface that it implements
   * @param path where it stands in the experiment, such as {@code quantizer.levels[0]}
   */
  record Placed<T>(Class<T> role, String type, String path) implements Chosen<T> {}
}
