package org.vqvae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Optimizer;
import org.vqvae.core.RateSchedule;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;

class OptimizationTest {
  private static final Optimizer SGD = new Nd4jOptimizer(new Nd4jOptimizer.Settings(new Sgd(1)));

  private final Parameter weights = Parameter.learned("w", Initializers.constant(2), 1, 2);
  private final Parameter bias = Parameter.learned("b", Initializers.constant(2), 2);
  private INDArray gradients = Nd4j.zeros(1);
  private final Parameter state = Parameter.state("calls", Initializers.constant(7), 1);

  private ParameterVector vector() {
    ParameterVector vector =
        ParameterVector.allocate(List.of(weights, bias, state), DataType.FLOAT);
    gradients = vector.gradients();
    return vector;
  }

  private ParameterTraining training(Optimization optimization) {
    ParameterTraining training = new ParameterTraining(vector(), optimization, Workers.caller());
    training.initialize(RandomStream.of(1, "test"));
    return training;
  }

  /** A step with this gradient for the weights and twice of it for the biases. */
  private void step(ParameterTraining training, float first, float second) {
    weights.gradient().assign(Nd4j.createFromArray(first, second).reshape(1, 2));
    bias.gradient().assign(Nd4j.createFromArray(2 * first, 2 * second));
    training.step(gradients);
  }

  @Test
  void gradient_descent_subtracts_the_rate_times_the_gradient() {
    step(training(Optimization.of(SGD, 0.1)), 1, 2);
    assertThatArray(weights.value().reshape(2)).isCloseTo(array(1.9f, 1.8f), 1e-6);
    assertThatArray(bias.value()).isCloseTo(array(1.8f, 1.6f), 1e-6);
  }

  @Test
  void adam_s_first_step_is_the_rate_in_the_direction_of_the_gradient() {
    // Kingma and Ba 2015: without bias both moments are the gradient's, so the step is rate * sign
    step(training(Optimization.of(Nd4jOptimizer.adam(), 0.1)), 0.5f, -3);
    assertThatArray(weights.value().reshape(2)).isCloseTo(array(1.9f, 2.1f), 1e-5);
  }

  @Test
  void state_is_changed_by_its_owner_alone() {
    ParameterTraining training = training(Optimization.of(Nd4jOptimizer.adam(), 0.1));
    for (int i = 0; i < 3; i++) {
      step(training, 1, 2);
    }
    assertThat(state.value().getDouble(0)).isEqualTo(7);
    assertThat(training.updates()).isEqualTo(3);
  }

  @Test
  void a_gradient_that_is_too_long_is_scaled_down_to_the_norm() {
    // Given a gradient (3, 4, 6, 8) of norm sqrt(125), and steps of its own length
    ParameterTraining training = training(new Optimization(SGD, step -> 1, 0, 1));
    // When
    step(training, 3, 4);
    // Then the step is of length 1, in the same direction
    double length = Math.sqrt(125);
    assertThatArray(weights.value().reshape(2))
        .isCloseTo(array((float) (2 - 3 / length), (float) (2 - 4 / length)), 1e-6);
  }

  @Test
  void a_gradient_below_the_norm_stays() {
    step(training(new Optimization(SGD, step -> 1, 0, 100)), 0.3f, 0.4f);
    assertThatArray(weights.value().reshape(2)).isCloseTo(array(1.7f, 1.6f), 1e-6);
  }

  @Test
  void weights_decay_apart_from_the_gradient_and_biases_do_not() {
    // Loshchilov and Hutter 2019, algorithm 2: w - rate * decay * w - rate * gradient
    step(training(new Optimization(SGD, step -> 0.1, 0.5, 0)), 1, 2);
    assertThatArray(weights.value().reshape(2)).isCloseTo(array(1.8f, 1.7f), 1e-6);
    assertThatArray(bias.value()).isCloseTo(array(1.8f, 1.6f), 1e-6);
    assertThat(state.value().getDouble(0)).isEqualTo(7);
  }

  @Test
  void the_schedule_says_the_rate_of_each_step() {
    ParameterTraining training =
        training(
            new Optimization(
                SGD, new Schedules.WarmUp(new Schedules.WarmUp.Settings(2)).over(10), 0, 0));
    step(training, 1, 0);
    assertThat(weights.value().getDouble(0)).isCloseTo(1.5, within(1e-6));
    step(training, 1, 0);
    assertThat(weights.value().getDouble(0)).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void adam_goes_on_from_a_restored_state_bit_for_bit() {
    // Given the parameters, moments and count of a training after two steps
    ParameterTraining one = training(Optimization.of(Nd4jOptimizer.adam(), 0.1));
    step(one, 1, 2);
    step(one, 3, -1);
    INDArray values = weights.value().dup();
    INDArray moments = one.optimizerState().dup();
    // When another one goes on from there
    OptimizationTest other = new OptimizationTest();
    ParameterTraining two = other.training(Optimization.of(Nd4jOptimizer.adam(), 0.1));
    other.weights.value().assign(values);
    two.optimizerState().assign(moments);
    two.setUpdates(2);
    other.step(two, -2, 5);
    // Then its third step is the third step of the first
    step(one, -2, 5);
    assertThatArray(other.weights.value()).isEqualToArray(weights.value());
  }

  @Test
  void cosine_begins_with_a_warm_up_and_ends_at_its_floor_with_the_stage() {
    // Given a stage of 110 steps, of which the rate grows for 10
    LongToDoubleFunction cosine =
        new Schedules.Cosine(new Schedules.Cosine.Settings(10, 0.1)).over(110);
    // Then
    assertThat(cosine.applyAsDouble(0)).isCloseTo(0.1, within(1e-12));
    assertThat(cosine.applyAsDouble(9)).isCloseTo(1, within(1e-12));
    assertThat(cosine.applyAsDouble(10)).isCloseTo(1, within(1e-12));
    assertThat(cosine.applyAsDouble(60)).isCloseTo(0.55, within(1e-12));
    assertThat(cosine.applyAsDouble(110)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void a_stage_that_ends_before_its_rate_is_full_is_refused() {
    RateSchedule warmUp = new Schedules.WarmUp(new Schedules.WarmUp.Settings(1000));
    RateSchedule cosine = new Schedules.Cosine(new Schedules.Cosine.Settings(1000, 0));
    assertThat(warmUp.over(1000).applyAsDouble(999)).isEqualTo(1);
    assertThatThrownBy(() -> warmUp.over(999))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "schedule \"warm-up\" grows for 1000 steps, but its stage has 999, so the learning rate"
                + " would never be full: set schedule.steps to fewer, or the stage's steps to"
                + " more");
    assertThatThrownBy(() -> cosine.over(400))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("grows for 1000 steps, but its stage has 400")
        .hasMessageContaining("schedule.warm-up");
  }

  private static INDArray array(float... values) {
    return Nd4j.createFromArray(values);
  }
}
