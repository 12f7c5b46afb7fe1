package org.vqvae.core.training;

import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.vqvae.core.Optimizer;
import org.vqvae.core.testing.Slopes;

/** What an optimizer does to ranges of the parameters is what it does to all of them. */
class Nd4jOptimizerRangesTest {
  private static final int LENGTH = 1000;
  private static final int RANGE = 256;

  static Stream<IUpdater> updaters() {
    return Stream.of(
        new Adam(1),
        new AdaMax(1),
        new AMSGrad(1),
        new Nadam(1),
        new Nesterovs(1, 0.9),
        new RmsProp(1),
        new AdaGrad(1),
        new Sgd(1));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void ranges_change_as_the_whole_does(IUpdater updater) {
    // Given the rule and its ranges, each with a state of its own
    Optimizer optimizer = new Nd4jOptimizer(new Nd4jOptimizer.Settings(updater));
    INDArray wholeState = state(optimizer);
    INDArray cutState = state(optimizer);
    Optimizer.Rule whole = optimizer.start(wholeState, step -> 0.1 / (1 + step));
    List<Optimizer.Rule> ranges = optimizer.start(cutState, step -> 0.1 / (1 + step)).cut(RANGE);
    for (int step = 0; step < 3; step++) {
      INDArray gradient = Slopes.random(DataType.FLOAT, "gradient " + step, 1, LENGTH);
      INDArray change = gradient.dup();
      // When
      whole.apply(gradient, step);
      int length = ranges.size() == 1 ? LENGTH : RANGE;
      for (int i = 0; i < ranges.size(); i++) {
        int from = i * length;
        ranges.get(i).apply(Ranges.of(change, from, Math.min(length, LENGTH - from)), step);
      }
      // Then
      assertThatArray(change).as("step %d", step).isEqualToArray(gradient);
    }
    assertThatArray(cutState).isEqualToArray(wholeState);
  }

  private static INDArray state(Optimizer optimizer) {
    return Nd4j.zeros(DataType.FLOAT, 1, Math.max(1, optimizer.stateLength(LENGTH)));
  }
}
