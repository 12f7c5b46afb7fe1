package org.vqvae.core.dl4j;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The first values of a network's parameters: those that were saved, or DL4J's own for its seed.
 * They are made when the first parameter asks and forgotten when the last one has been given its
 * own.
 */
final class FirstValues {
  private final Supplier<Network> fresh;
  private final Map<String, INDArray> waiting = new HashMap<>();

  /**
   * @param fresh makes a network that has its first values
   */
  FirstValues(Supplier<Network> fresh) {
    this.fresh = fresh;
  }

  /** The value of the parameter of that name. */
  INDArray take(String slot) {
    if (!waiting.containsKey(slot)) {
      fresh.get().slots().forEach(it -> waiting.put(it.name(), it.value()));
    }
    return requireNonNull(waiting.remove(slot));
  }
}
