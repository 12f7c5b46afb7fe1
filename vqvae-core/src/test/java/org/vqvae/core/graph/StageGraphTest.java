package org.vqvae.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

class StageGraphTest {

  /** {@code y = x * scale}, one scale for all. */
  private static final class Scale implements Node {
    private final Parameter scale;
    private final Parameter calls = Parameter.state("calls", Initializers.zeros(), 1);
    private INDArray x = Nd4j.empty();

    Scale(String name, double initial) {
      scale = Parameter.learned(name, Initializers.constant(initial), 1);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(scale, calls);
    }

    @Override
    public INDArray forward(INDArray[] inputs, Phase phase) {
      x = inputs[0];
      calls.value().addi(1);
      return x.mul(scale.value().getDouble(0));
    }

    @Override
    public INDArray[] backward(INDArray gradient) {
      scale.gradient().assign(gradient.mul(x).sumNumber());
      return new INDArray[] {gradient.mul(scale.value().getDouble(0))};
    }
  }

  /** {@code y = a + data}: two inputs, of which only the first is a node. */
  private static final class AddData implements Node {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public INDArray forward(INDArray[] inputs, Phase phase) {
      return inputs[0].add(inputs[1]);
    }

    @Override
    public INDArray[] backward(INDArray gradient) {
      return new INDArray[] {gradient.dup()};
    }
  }

  private final Scale first = new Scale("first", 2);
  private final Scale second = new Scale("second", 3);

  private StageGraph graph(IUpdater updater) {
    return new StageGraph.Builder(updater)
        .inputs("data")
        .node("first", first, "data")
        .node("second", second, "first")
        .node("sum", new AddData(), "second", "data")
        .build(RandomStream.of(1, "test"));
  }

  @Test
  void output_and_gradients_follow_the_nodes() {
    // Given y = 3 (2 x) + x under plain gradient descent
    StageGraph graph = graph(new Sgd(0.1));
    INDArray x = Nd4j.createFromArray(1f, 2f);

    // When
    INDArray y = graph.forward(x);
    graph.update(Nd4j.createFromArray(1f, 1f));

    // Then dL/d second = sum 2 x = 6 and dL/d first = sum 3 x = 9
    assertThatArray(y).isCloseTo(Nd4j.createFromArray(7f, 14f), 1e-6);
    assertThat(second.scale.value().getDouble(0)).isCloseTo(3 - 0.1 * 6, within(1e-6));
    assertThat(first.scale.value().getDouble(0)).isCloseTo(2 - 0.1 * 9, within(1e-6));
  }

  @Test
  void state_changes_by_its_owner_alone() {
    // Given
    StageGraph graph = graph(new Adam(0.1));

    // When three steps were taken
    for (int i = 0; i < 3; i++) {
      graph.forward(Nd4j.createFromArray(1f, 2f));
      graph.update(Nd4j.createFromArray(1f, 1f));
    }

    // Then Adam has moved the scales and left the counters
    assertThat(first.calls.value().getDouble(0)).isEqualTo(3);
    assertThat(first.scale.value().getDouble(0)).isLessThan(2);
    assertThat(graph.iteration()).isEqualTo(3);
  }

  @Test
  void adam_goes_on_from_a_restored_state_bit_for_bit() {
    // Given the parameters, moments and count of a graph after two steps
    StageGraph one = graph(new Adam(0.1));
    step(one);
    step(one);
    INDArray firstScale = first.scale.value().dup();
    INDArray secondScale = second.scale.value().dup();
    INDArray moments = one.optimizerState().dup();

    // When a new graph goes on from there
    StageGraphTest other = new StageGraphTest();
    StageGraph two = other.graph(new Adam(0.1));
    other.first.scale.value().assign(firstScale);
    other.second.scale.value().assign(secondScale);
    two.optimizerState().assign(moments);
    two.setIteration(2);
    step(two);

    // Then its third step is the third step of the first
    step(one);
    assertThatArray(other.first.scale.value()).isEqualToArray(first.scale.value());
    assertThatArray(other.second.scale.value()).isEqualToArray(second.scale.value());
  }

  private static void step(StageGraph graph) {
    graph.forward(Nd4j.createFromArray(1f, 2f));
    graph.update(Nd4j.createFromArray(1f, 1f));
  }
}
