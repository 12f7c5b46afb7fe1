package org.vqvae.core.training;

import java.util.List;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.Parameterized;
import org.vqvae.core.nn.Replicas;

/**
 * Computes the parts of a batch, each by the worker that is free, and adds what they contribute in
 * the order of the parts: all meet once a step.
 *
 * @param <N> the network
 * @param <B> a batch or a part of one
 */
final class Accumulation<N extends Parameterized, B> {
  private final Replicas<N> replicas;
  private final Computation<N, B> computation;
  private final GradientSum gradients;

  /** What some examples of a batch contribute to a step. */
  @FunctionalInterface
  interface Computation<N, B> {

    /**
     * Computes it.
     *
     * @return a contribution whose gradient is that of the replica's last backward pass
     */
    Contribution of(Replicas.Replica<N> replica, B part, Phase phase);
  }

  /** Cuts the examples {@code from} to {@code to} (exclusive) out of a batch. */
  @FunctionalInterface
  interface Cutter<B> {
    B part(B batch, int from, int to);
  }

  Accumulation(Replicas<N> replicas, Computation<N, B> computation) {
    this.replicas = replicas;
    this.computation = computation;
    this.gradients = new GradientSum(replicas.vector().gradients());
  }

  /**
   * The contribution of a whole batch.
   *
   * @param ranges of its parts
   * @return a contribution whose gradient the next call overwrites
   */
  Contribution of(B batch, Cutter<B> cutter, List<Cut.Range> ranges, long step) {
    if (ranges.size() == 1) {
      return replicas.map(1, (replica, i) -> compute(replica, batch, step, 0)).get(0);
    }
    int examples = ranges.get(ranges.size() - 1).to();
    gradients.clear();
    List<Contribution> parts =
        replicas.map(
            ranges.size(),
            (replica, i) -> {
              Cut.Range range = ranges.get(i);
              B examplesOfPart = cutter.part(batch, range.from(), range.to());
              Contribution part = compute(replica, examplesOfPart, step, range.from());
              gradients.add(i, (double) range.size() / examples, part.gradient());
              return part;
            });
    return Contribution.sum(parts, gradients.sum());
  }

  private Contribution compute(Replicas.Replica<N> replica, B part, long step, int first) {
    return computation.of(replica, part, Phase.train(step, first));
  }
}
