package org.vqvae.core.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Parameterized;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStreams;

/**
 * The components of an experiment for each worker, with its kernels. The random streams of the
 * first are those that a run keeps; the others' are never drawn from between the parts of a step.
 */
public final class WorkerComponents {
  private final ExperimentConfig config;
  private final Workers workers;
  private final List<@Nullable Components> components;

  /**
   * @param random the streams of the first
   */
  public WorkerComponents(ExperimentConfig config, Workers workers, RandomStreams random) {
    this.config = config;
    this.workers = workers;
    components = new ArrayList<>(Collections.nCopies(workers.size(), null));
    components.set(0, new Components(config, workers.kernels(0), random));
  }

  /** Those of the thread that calls: data, optimizers and whatever else is needed once. */
  public Components first() {
    return of(0);
  }

  /** Those of a worker; called on its thread, which alone sets them. */
  private Components of(int worker) {
    Components own = components.get(worker);
    if (own == null) {
      RandomStreams streams = new RandomStreams(config.settings().seed());
      own = new Components(config, workers.kernels(worker), streams);
      components.set(worker, own);
    }
    return own;
  }

  /**
   * A network for each worker.
   *
   * @param builder builds it of the worker's components
   */
  public <N extends Parameterized> Replicas<N> replicas(Function<Components, N> builder) {
    return Replicas.of(workers, worker -> builder.apply(of(worker)));
  }
}
