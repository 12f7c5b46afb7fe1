package org.vqvae.core.config;

import java.util.List;
import java.util.function.Function;

/** Turns the handles of a component's parts into the parts. */
public final class Parts {
  /** Resolves ready objects only, for components that are made without config. */
  public static final Parts NONE =
      new Parts(
          chosen -> {
            throw new IllegalArgumentException(
                "%s (%s) needs config to be built; without config use Chosen.of(part)"
                    .formatted(chosen.path(), chosen.type()));
          });

  private final Function<Chosen.Placed<?>, Object> builder;

  private Parts(Function<Chosen.Placed<?>, Object> builder) {
    this.builder = builder;
  }

  /**
   * Parts that are built from config.
   *
   * @param builder gives the object of a place, the same one every time
   */
  public static Parts of(Function<Chosen.Placed<?>, Object> builder) {
    return new Parts(builder);
  }

  /**
   * The part of a handle, the same object every time.
   *
   * @throws IllegalArgumentException if the handle is not of a part of this component
   * @throws RuntimeException what the part's constructor throws
   */
  public <T> T get(Chosen<T> chosen) {
    if (chosen instanceof Chosen.Placed<T> placed) {
      return placed.role().cast(builder.apply(placed));
    }
    return ((Chosen.Ready<T>) chosen).part();
  }

  /** The parts of several handles, in their order. */
  public <T> List<T> all(List<Chosen<T>> chosen) {
    return chosen.stream().map(this::get).toList();
  }
}
