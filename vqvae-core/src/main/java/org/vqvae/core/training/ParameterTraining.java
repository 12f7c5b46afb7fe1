package org.vqvae.core.training;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Optimizer;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;

/** The parameters of a network in training, and the optimizer that changes them. */
final class ParameterTraining implements Trained {
  private final Optimization optimization;
  private final ParameterVector vector;
  private final INDArray state;
  private final Optimizer.Rule rule;
  private int updates;

  ParameterTraining(ParameterVector vector, Optimization optimization) {
    this.optimization = optimization;
    this.vector = vector;
    long length = optimization.optimizer().stateLength(vector.values().length());
    // a rule without state gets one value that it ignores: there are no empty arrays in files
    this.state = Nd4j.zeros(DataType.FLOAT, 1, Math.max(1, length));
    this.rule = optimization.optimizer().start(state, optimization.rate());
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
    optimization.step(rule, vector.parameters(), vector.values(), gradient, updates);
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
