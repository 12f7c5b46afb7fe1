package org.vqvae.core.training;

import java.util.List;
import org.vqvae.core.Phase;
import org.vqvae.core.data.Batch;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Pass;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;

/** An autoencoder in training by gradient. */
public final class AutoencoderTrainer implements Trainable<Batch> {
  private final Replicas<ModelNetwork> model;
  private final ParameterTraining training;
  private final Accumulation<ModelNetwork, Batch> accumulation;

  /**
   * Trains the first of the networks, whose parameters are zero: {@link #initialize} or a
   * checkpoint is next.
   */
  public AutoencoderTrainer(Replicas<ModelNetwork> model, Optimization optimization) {
    this.model = model;
    this.training = new ParameterTraining(model.vector(), optimization, model.workers());
    this.accumulation = new Accumulation<>(model, AutoencoderTrainer::compute);
  }

  /**
   * Trains a network on the thread that calls.
   *
   * @param random where the first values of the parameters come from
   */
  public AutoencoderTrainer(ModelNetwork network, Optimization optimization, RandomStream random) {
    this(Replicas.alone(network), optimization);
    initialize(random);
  }

  /**
   * Gives the network's parameters their first values.
   *
   * @throws org.vqvae.core.IncompatibleException if saved weights that it starts from are gone
   */
  public void initialize(RandomStream random) {
    training.initialize(random);
  }

  /**
   * One step of training.
   *
   * @param step the number of steps taken before
   * @param parts how many parts at least the batch is computed in
   * @return what the whole batch contributed; its gradient is used up
   */
  public Contribution train(Batch batch, long step, int parts) {
    if (network().isObserving()) {
      network().observe(batch.data());
    }
    List<Cut.Range> ranges = Cut.of(batch.size(), network().data().grid().positions(), parts);
    Contribution whole = accumulation.of(batch, Batch::part, ranges, step);
    apply(whole);
    return whole;
  }

  @Override
  public Contribution compute(Batch part, Phase phase) {
    return compute(new Replicas.Replica<>(network(), model.vector()), part, phase);
  }

  private static Contribution compute(
      Replicas.Replica<ModelNetwork> replica, Batch part, Phase phase) {
    Pass pass = replica.network().forward(part.data(), part.condition(), phase);
    replica.network().backward();
    return new Contribution(
        replica.vector().gradients(), part.size(), pass.terms(), pass.codes(), pass.statistics());
  }

  @Override
  public void apply(Contribution whole) {
    training.step(whole.gradient());
    network().update(whole.statistics());
  }

  /** The network that learns. */
  public ModelNetwork network() {
    return model.first();
  }

  /** It and its replicas. */
  public Replicas<ModelNetwork> model() {
    return model;
  }

  @Override
  public Trained trained() {
    return training;
  }
}
