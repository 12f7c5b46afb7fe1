package org.vqvae.core.training;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Optimizer;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;

/** The parameters of a network in training, and the optimizer that changes them. */
final class ParameterTraining implements Trained {
  private final Optimization optimization;
  private final ParameterVector vector;
  private final INDArray state;
  private final List<Optimizer.Rule> rules;
  private final Workers workers;
  private int updates;

  /**
   * @param workers share the ranges of the parameters
   */
  ParameterTraining(ParameterVector vector, Optimization optimization, Workers workers) {
    this.optimization = optimization;
    this.workers = workers;
    this.vector = vector;
    long length = optimization.optimizer().stateLength(vector.values().length());
    // a rule without state gets one value that it ignores: there are no empty arrays in files
    this.state = Nd4j.zeros(DataType.FLOAT, 1, Math.max(1, length));
    this.rules = optimization.optimizer().start(state, optimization.rate()).cut(Optimization.RANGE);
  }

  /** Gives the parameters their first values, in their order. */
  void initialize(RandomStream random) {
    vector.initialize(random);
  }

  @Override
  public List<Parameter> parameters() {
    return vector.parameters();
  }

  void step(INDArray gradient) {
    optimization.step(rules, vector, workers, gradient, updates);
    updates++;
  }

  @Override
  public INDArray optimizerState() {
    return state;
  }

  @Override
  public int updates() {
    return updates;
  }

  @Override
  public void setUpdates(int newUpdates) {
    updates = newUpdates;
  }
}
