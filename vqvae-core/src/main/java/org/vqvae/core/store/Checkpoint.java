package org.vqvae.core.store;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a stage needs to go on as if it had never stopped.
 *
 * @param step the number of steps taken
 * @param parameters the network's learned parameters and states, by name
 * @param optimizer the optimizer's arrays, by name
 * @param random the state of each random stream, by name
 * @param counters whatever else is a whole number, such as the position in the data, by name
 */
public record Checkpoint(
    long step,
    Map<String, INDArray> parameters,
    Map<String, INDArray> optimizer,
    Map<String, Long> random,
    Map<String, Long> counters) {

  public Checkpoint {
    if (step < 0) {
      throw new IllegalArgumentException("step must be at least 0 but was " + step);
    }
  }
}
