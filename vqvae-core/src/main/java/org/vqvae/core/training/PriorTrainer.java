package org.vqvae.core.training;

import java.util.List;
import java.util.Optional;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;

/** A prior in training by gradient: minimizes the nats per code of training codes. */
public final class PriorTrainer implements Trainable<CodeBatch> {
  private final Replicas<PriorModel> prior;
  private final ParameterTraining training;
  private final Accumulation<PriorModel, CodeBatch> accumulation;

  /** Gives the network's parameters their first values. */
  public PriorTrainer(Replicas<PriorModel> prior, Optimization optimization, RandomStream random) {
    this.prior = prior;
    this.training = new ParameterTraining(prior.vector(), optimization, prior.workers());
    this.accumulation = new Accumulation<>(prior, PriorTrainer::compute);
    training.initialize(random);
  }

  /**
   * One step of training.
   *
   * @param step the number of steps taken before
   * @param parts how many parts at least the batch is computed in
   * @return the loss before the step, nats per code
   */
  public double train(CodeBatch batch, long step, int parts) {
    List<Cut.Range> ranges = Cut.of(batch.size(), batch.codes().shape().codes(), parts);
    Contribution whole = accumulation.of(batch, CodeBatch::part, ranges, step);
    apply(whole);
    return whole.terms().get(0).value();
  }

  @Override
  public Contribution compute(CodeBatch part, Phase phase) {
    return compute(new Replicas.Replica<>(prior.first(), prior.vector()), part, phase);
  }

  private static Contribution compute(
      Replicas.Replica<PriorModel> replica, CodeBatch part, Phase phase) {
    double nats = replica.network().natsAndGradient(part.codes(), part.condition(), phase);
    return new Contribution(
        replica.vector().gradients(),
        part.size(),
        List.of(new Term("nll", Unit.NATS_PER_CODE, nats, 1)),
        Optional.empty(),
        Statistics.NONE);
  }

  @Override
  public void apply(Contribution whole) {
    training.step(whole.gradient());
  }

  /** The prior that learns, and its replicas. */
  public Replicas<PriorModel> prior() {
    return prior;
  }

  @Override
  public Trained trained() {
    return training;
  }
}
