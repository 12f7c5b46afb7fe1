package org.vqvae.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Model;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.Parts;
import org.vqvae.core.data.Batch;
import org.vqvae.core.model.ToyParts.Down;
import org.vqvae.core.model.ToyParts.Scaling;
import org.vqvae.core.model.ToyParts.Up;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.Pass;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.Slopes;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.Contribution;
import org.vqvae.core.training.Nd4jOptimizer;
import org.vqvae.core.training.Optimization;

/** What every wiring promises, shown on parts that are smooth, so that slopes can be compared. */
class ModelNetworksTest {
  private static final double LATENT_WEIGHT = 0.7;

  private final Scope scope = Scope.root(new RandomStreams(1));
  private final INDArray x = Slopes.random(DataType.FLOAT, "x", 3, 4, 4, 1);

  enum Wiring {
    FLAT {
      @Override
      Model model(Scope scope) {
        return new FlatModel(
            new FlatModel.Settings(LATENT_WEIGHT),
            new Down(),
            new Scaling(2, scope.child("quantizer")),
            new Up());
      }
    },
    HIERARCHICAL {
      @Override
      Model model(Scope scope) {
        return new HierarchicalModel(
            new HierarchicalModel.Settings(
                LATENT_WEIGHT,
                3,
                Chosen.of(new Down()),
                Chosen.of(new Scaling(2, scope.child("model/top-quantizer"))),
                Chosen.of(new Up())),
            Parts.NONE,
            new Down(),
            new Scaling(2, scope.child("quantizer")),
            new Up(),
            ToyParts.KERNELS);
      }
    };

    abstract Model model(Scope scope);
  }

  private ModelNetwork network(Wiring wiring) {
    ModelNetwork network = wiring.model(scope).build(ToyParts.DATA, 0.5, scope);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "initialization"));
    return network;
  }

  private AutoencoderTrainer trainer(Wiring wiring) {
    return new AutoencoderTrainer(
        wiring.model(scope).build(ToyParts.DATA, 0.5, scope),
        Optimization.of(Nd4jOptimizer.adam(), 0.01),
        RandomStream.of(1, "initialization"));
  }

  private Batch batch() {
    return new Batch(x, Condition.NONE, new int[] {0, 1, 2}, new int[] {16, 16, 16});
  }

  @ParameterizedTest
  @EnumSource
  void the_gradient_is_the_slope_of_the_loss(Wiring wiring) {
    // Given
    ModelNetwork network = network(wiring);
    // When
    network.forward(x, Condition.NONE, Phase.TRAIN);
    network.backward();
    // Then, in float: steps of a hundredth
    new Slopes(() -> network.forward(x, Condition.NONE, Phase.TRAIN).loss())
        .withStep(1e-2)
        .withTolerance(2e-3, 1e-2)
        .agreeWith(network.parameters());
  }

  @ParameterizedTest
  @EnumSource
  void the_loss_is_the_sum_of_the_weighted_terms(Wiring wiring) {
    Pass pass = network(wiring).forward(x, Condition.NONE, Phase.TRAIN);
    double sum = 0;
    for (var term : pass.terms()) {
      sum += term.value() * term.weight();
    }
    assertThat(pass.loss()).isCloseTo(sum, within(1e-12));
    assertThat(pass.terms().get(0).name()).isEqualTo("nll");
    assertThat(pass.terms().get(1).weight()).isCloseTo(0.5 * LATENT_WEIGHT, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_in_parts_is_the_whole_batch(Wiring wiring) {
    // Given the same network twice
    AutoencoderTrainer whole = trainer(wiring);
    AutoencoderTrainer parts = trainer(wiring);
    // When one computes the batch at once and the other in three parts
    Contribution one = whole.train(batch(), 0, 1);
    Contribution three = parts.train(batch(), 0, 3);
    // Then losses, codes and new parameters are the same
    assertThat(three.terms().get(0).value()).isCloseTo(one.terms().get(0).value(), within(1e-6));
    assertThat(three.codes()).isEqualTo(one.codes());
    for (int i = 0; i < whole.trained().parameters().size(); i++) {
      assertThatArray(parts.trained().parameters().get(i).value())
          .isCloseTo(whole.trained().parameters().get(i).value(), 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void computing_changes_no_parameter(Wiring wiring) {
    AutoencoderTrainer trainer = trainer(wiring);
    List<INDArray> before =
        trainer.trained().parameters().stream().map(it -> it.value().dup()).toList();
    trainer.compute(batch(), Phase.TRAIN);
    trainer.compute(batch(), Phase.TRAIN);
    for (int i = 0; i < before.size(); i++) {
      assertThatArray(trainer.trained().parameters().get(i).value()).isEqualToArray(before.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_second_network_shares_values_and_has_gradients_of_its_own(Wiring wiring) {
    // Given
    ModelNetwork one = wiring.model(scope).build(ToyParts.DATA, 0.5, scope);
    ParameterVector values = ParameterVector.allocate(one.parameters(), DataType.FLOAT);
    values.initialize(RandomStream.of(1, "initialization"));
    ModelNetwork two = wiring.model(scope).build(ToyParts.DATA, 0.5, scope);
    // When
    ParameterVector shared = ParameterVector.share(values, two.parameters());
    INDArray first = one.forward(x, Condition.NONE, Phase.TRAIN).prediction().dup();
    one.backward();
    INDArray gradients = values.gradients().dup();
    INDArray second = two.forward(x.mul(2), Condition.NONE, Phase.TRAIN).prediction().dup();
    two.backward();
    // Then each has its own activations and gradients
    assertThatArray(one.forward(x.mul(2), Condition.NONE, Phase.TRAIN).prediction())
        .isEqualToArray(second);
    assertThat(first.equalsWithEps(second, 1e-6)).isFalse();
    assertThatArray(values.gradients()).isEqualToArray(gradients);
    assertThat(shared.gradients().equalsWithEps(gradients, 1e-6)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void names_say_where_parameters_stand(Wiring wiring) {
    List<String> names = network(wiring).parameters().stream().map(Parameter::name).toList();
    assertThat(names)
        .contains("encoder/down/w", "quantizer/scale", "decoder/up/w")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void another_size_has_the_same_parameters(Wiring wiring) {
    ModelNetwork network = network(wiring);
    ModelNetwork larger = network.resized(new Grid(8, 4));
    network.parameters().get(0).value().assign(0.25);
    assertThatArray(larger.parameters().get(0).value())
        .isEqualToArray(network.parameters().get(0).value());
    assertThat(larger.encode(Slopes.random(DataType.FLOAT, "y", 2, 8, 4, 1)).examples())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void codes_of_another_shape_are_refused(Wiring wiring) {
    Codes foreign = Codes.of(CodeShape.of(new Grid(3), 3), 0, 1, 2);
    assertThatThrownBy(
            () -> network(wiring).decode(foreign, Condition.NONE, RandomStream.of(1, "r")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("codes of 3 of K = 3 are not codes of this model");
  }

  @ParameterizedTest
  @EnumSource
  void a_quantizer_s_latents_have_no_distribution_to_draw_from(Wiring wiring) {
    ModelNetwork network = network(wiring);
    assertThat(network.canDraw()).isFalse();
    assertThatThrownBy(() -> network.draw(1, Condition.NONE, RandomStream.of(1, "r")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("no distribution to draw from");
  }

  @Test
  void hierarchical_codes_are_two_maps_coarse_first() {
    // Given
    ModelNetwork network = network(Wiring.HIERARCHICAL);
    // When
    Codes codes = network.encode(x);
    // Then
    assertThat(codes.shape().toString()).isEqualTo("top 1x1 of K = 3 and bottom 2x2 of K = 3");
    assertThat(codes.examples()).isEqualTo(3);
    assertThat(network.decodeParts(codes, Condition.NONE, RandomStream.of(1, "r")))
        .containsOnlyKeys("top", "bottom");
  }

  @Test
  void both_quantizers_learn_from_their_own_statistics() {
    // Given
    Scaling top = new Scaling(2, scope.child("model/top-quantizer"));
    Scaling bottom = new Scaling(2, scope.child("quantizer"));
    AutoencoderTrainer trainer =
        new AutoencoderTrainer(
            new HierarchicalModel(
                    new HierarchicalModel.Settings(
                        1, 3, Chosen.of(new Down()), Chosen.of(top), Chosen.of(new Up())),
                    Parts.NONE,
                    new Down(),
                    bottom,
                    new Up(),
                    ToyParts.KERNELS)
                .build(ToyParts.DATA, 0.5, scope),
            Optimization.of(Nd4jOptimizer.adam(), 0.01),
            RandomStream.of(1, "initialization"));
    // When
    trainer.train(batch(), 0, 2);
    // Then
    assertThat(top.counted).isEqualTo(3);
    assertThat(bottom.counted).isEqualTo(12);
  }
}
