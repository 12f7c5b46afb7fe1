package org.vqvae.core.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.kernel.Workers;

/**
 * A network once for each worker: they share the values of the parameters, and each has kernels,
 * buffers and gradients of its own. The first is the one that learns and that is saved.
 *
 * <p>Each is built when its worker first has a part to do.
 *
 * @param <N> the network
 */
public final class Replicas<N extends Parameterized> {
  private final Workers workers;
  private final IntFunction<Replica<N>> maker;
  private final List<@Nullable Replica<N>> replicas;

  /**
   * One of them.
   *
   * @param vector its parameters, with the shared values and gradients of its own
   */
  public record Replica<N>(N network, ParameterVector vector) {}

  /** Does a part of some work with one of them. */
  @FunctionalInterface
  public interface Part<N, T> {
    T with(Replica<N> replica, int part);
  }

  private Replicas(Workers workers, IntFunction<Replica<N>> maker) {
    this.workers = workers;
    this.maker = maker;
    replicas = new ArrayList<>(Collections.nCopies(workers.size(), null));
  }

  /**
   * Builds the first, whose parameters are all zero.
   *
   * @param maker builds the network of a worker, the same for all of them
   */
  public static <N extends Parameterized> Replicas<N> of(
      Workers workers, IntFunction<? extends N> maker) {
    N first = maker.apply(0);
    ParameterVector vector = ParameterVector.allocate(first.parameters(), DataType.FLOAT);
    return new Replicas<>(
        workers,
        worker ->
            worker == 0 ? new Replica<>(first, vector) : sharing(vector, maker.apply(worker)));
  }

  private static <N extends Parameterized> Replica<N> sharing(ParameterVector vector, N network) {
    return new Replica<>(network, ParameterVector.share(vector, network.parameters()));
  }

  /** One network, for the thread that calls. */
  public static <N extends Parameterized> Replicas<N> alone(N network) {
    return of(Workers.caller(), worker -> network);
  }

  /**
   * Networks that are made of these, with the same parameters.
   *
   * @param change makes one out of another
   */
  public Replicas<N> with(UnaryOperator<N> change) {
    return new Replicas<>(
        workers,
        worker -> new Replica<>(change.apply(replica(worker).network()), replica(worker).vector()));
  }

  /** Who computes. */
  public Workers workers() {
    return workers;
  }

  /** The network that learns. */
  public N first() {
    return replica(0).network();
  }

  /** The parameters of the network that learns. */
  public ParameterVector vector() {
    return replica(0).vector();
  }

  /**
   * Does parts side by side, each with the network of the worker that takes it.
   *
   * @return what they give, in the order of the parts
   */
  public <T> List<T> map(int parts, Part<N, T> task) {
    @SuppressWarnings("unchecked") // filled with T alone
    T[] results = (T[]) new Object[parts];
    workers.run(
        parts, (part, worker, progress) -> results[part] = task.with(replica(worker), part));
    return Arrays.asList(results);
  }

  /** That of a worker; called on its thread alone, which is the only one that sets it. */
  private Replica<N> replica(int worker) {
    Replica<N> replica = replicas.get(worker);
    if (replica == null) {
      replica = maker.apply(worker);
      replicas.set(worker, replica);
    }
    return replica;
  }
}
