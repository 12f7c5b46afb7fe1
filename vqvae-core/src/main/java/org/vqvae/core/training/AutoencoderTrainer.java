package org.vqvae.core.training;

import org.vqvae.core.Phase;
import org.vqvae.core.data.Batch;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Pass;
import org.vqvae.core.random.RandomStream;

/** An autoencoder in training by gradient. */
public final class AutoencoderTrainer implements Trainable<Batch> {
  private final ModelNetwork network;
  private final ParameterTraining training;

  /** Makes room for the network's parameters, zero: {@link #initialize} or a checkpoint is next. */
  public AutoencoderTrainer(ModelNetwork network, Optimization optimization) {
    this.network = network;
    this.training = new ParameterTraining(network.parameters(), optimization);
  }

  /**
   * Gives the network's parameters their first values.
   *
   * @param random where these come from
   */
  public AutoencoderTrainer(ModelNetwork network, Optimization optimization, RandomStream random) {
    this(network, optimization);
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
   * @param parts how many parts the batch is computed in, one after the other
   * @return what the whole batch contributed; its gradient is used up
   */
  public Contribution train(Batch batch, long step, int parts) {
    if (network.isObserving()) {
      network.observe(batch.data());
    }
    Contribution whole = Accumulation.of(this, batch, Batch::part, batch.size(), step, parts);
    apply(whole);
    return whole;
  }

  @Override
  public Contribution compute(Batch part, Phase phase) {
    Pass pass = network.forward(part.data(), part.condition(), phase);
    network.backward();
    return new Contribution(
        training.gradient(), part.size(), pass.terms(), pass.codes(), pass.statistics());
  }

  @Override
  public void apply(Contribution whole) {
    training.step(whole.gradient());
    network.update(whole.statistics());
  }

  public ModelNetwork network() {
    return network;
  }

  @Override
  public Trained trained() {
    return training;
  }
}
