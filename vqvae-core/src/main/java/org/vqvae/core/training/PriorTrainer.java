package org.vqvae.core.training;

import java.util.List;
import java.util.Optional;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStream;

/** A prior in training by gradient: minimizes the nats per code of training codes. */
public final class PriorTrainer implements Trainable<CodeBatch> {
  private final PriorNetwork network;
  private final CodeLoss loss;
  private final ParameterTraining training;

  /** Gives the network's parameters their first values. */
  public PriorTrainer(
      PriorNetwork network, CodeLoss loss, Optimization optimization, RandomStream random) {
    this.network = network;
    this.loss = loss;
    this.training = new ParameterTraining(network.parameters(), optimization);
    training.initialize(random);
  }

  /**
   * One step of training.
   *
   * @param step the number of steps taken before
   * @param parts how many parts the batch is computed in, one after the other
   * @return the loss before the step, nats per code
   */
  public double train(CodeBatch batch, long step, int parts) {
    Contribution whole = Accumulation.of(this, batch, CodeBatch::part, batch.size(), step, parts);
    apply(whole);
    return whole.terms().get(0).value();
  }

  @Override
  public Contribution compute(CodeBatch part, Phase phase) {
    Logits logits = network.logits(part.codes(), part.condition(), phase);
    double nats = loss.natsAndGradient(logits, part.codes());
    network.backward(logits);
    return new Contribution(
        training.gradient(),
        part.size(),
        List.of(new Term("nll", Unit.NATS_PER_CODE, nats, 1)),
        Optional.empty(),
        Statistics.NONE);
  }

  @Override
  public void apply(Contribution whole) {
    training.step(whole.gradient());
  }

  public PriorNetwork network() {
    return network;
  }

  @Override
  public Trained trained() {
    return training;
  }
}
