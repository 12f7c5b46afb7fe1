package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.nn.PriorPerMap;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.PriorContract;
import org.vqvae.core.wavenet.WaveNetSettings;

/** A network for each map, held to what holds for every prior. */
class PriorPerMapTest {

  private static CodeShape maps(
      Grid top, List<Integer> ofTop, Grid bottom, List<Integer> ofBottom) {
    return new CodeShape(
        List.of(new CodeMap("top", top, ofTop), new CodeMap("bottom", bottom, ofBottom)));
  }

  /** Two maps, with the classes alone as conditions. */
  private abstract static class Contract extends PriorContract {
    abstract Prior ofOneMap(Kernels kernels);

    @Override
    protected Prior prior(Kernels kernels) {
      Prior prior = ofOneMap(kernels);
      return (codes, conditions, scope) -> PriorPerMap.of(prior, codes, conditions, scope);
    }

    @Override
    protected boolean looksBack() {
      return true;
    }

    @Override
    protected boolean conditional() {
      return true;
    }

    @Override
    protected List<Conditions> conditions(CodeShape shape) {
      return List.of(Conditions.NONE, Conditions.ofClasses(3));
    }
  }

  @Nested
  class OfWaveNets extends Contract {
    @Override
    Prior ofOneMap(Kernels kernels) {
      return wavenet(kernels);
    }

    @Override
    protected boolean severalCodebooks() {
      return true;
    }

    @Override
    protected List<CodeShape> shapes() {
      return List.of(maps(new Grid(2, 2), List.of(4, 3), new Grid(3, 4), List.of(5, 2)));
    }

    @Override
    protected List<CodeShape> tinyShapes() {
      return List.of(maps(new Grid(1), List.of(3, 2), new Grid(3), List.of(2, 3)));
    }
  }

  @Nested
  class OfPixelCnns extends Contract {
    @Override
    Prior ofOneMap(Kernels kernels) {
      return new PixelCnnPrior(new PixelCnnPrior.Settings(4, 3, 5, 3, 6, 3), kernels);
    }

    @Override
    protected List<CodeShape> shapes() {
      return List.of(maps(new Grid(2, 2), List.of(4), new Grid(3, 4), List.of(5)));
    }

    @Override
    protected List<CodeShape> tinyShapes() {
      return List.of(maps(new Grid(1, 2), List.of(3), new Grid(2, 3), List.of(2)));
    }
  }

  private static Prior wavenet(Kernels kernels) {
    return new WaveNetPrior(new WaveNetPrior.Settings(new WaveNetSettings(1, 3, 4, 5), 4), kernels);
  }

  private static Scope scope() {
    return Scope.root(new RandomStreams(1)).child("prior");
  }

  @Test
  void a_network_is_named_after_its_map_and_the_only_map_needs_no_name() {
    Prior unigram = new UnigramPrior(new UnigramPrior.Settings(1));
    CodeShape shape = maps(new Grid(2), List.of(4), new Grid(4), List.of(5, 2));
    assertThat(names(PriorPerMap.of(unigram, shape, Conditions.NONE, scope())))
        .containsExactly(
            "prior/top/counts", "prior/bottom/level-1/counts", "prior/bottom/level-2/counts");
    assertThat(names(PriorPerMap.of(unigram, shape.only(0), Conditions.NONE, scope())))
        .containsExactly("prior/counts");
  }

  private static List<String> names(PriorNetwork network) {
    return network.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void a_finer_map_starts_after_the_coarser_codes_that_were_drawn() {
    // Given a top of two codes, and the bottom's network alone
    CodeShape shape = maps(new Grid(2), List.of(4), new Grid(4), List.of(5));
    PriorNetwork both =
        PriorPerMap.of(wavenet(new NativeKernels()), shape, Conditions.NONE, scope());
    ParameterVector.allocate(both.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "parameters"));
    PriorNetwork bottom =
        wavenet(new NativeKernels())
            .build(
                shape.only(1), Conditions.NONE.withCoarser(shape.only(0)), scope().child("bottom"));
    ParameterVector.allocate(bottom.parameters(), DataType.FLOAT);
    copyValues(both, bottom);
    // When the top's codes of two examples are accepted
    CodeStream stream = both.stream(2, Condition.NONE);
    stream.accept(new int[] {3, 0});
    stream.accept(new int[] {1, 2});
    // Then the bottom's first logits are those of its network given each example's codes
    Codes top = Codes.of(shape.only(0), 3, 1, 0, 2);
    assertThat(stream.next()).isEqualTo(bottom.stream(2, Condition.NONE.withCoarser(top)).next());
  }

  private static void copyValues(PriorNetwork from, PriorNetwork to) {
    for (Parameter parameter : to.parameters()) {
      Parameter source =
          from.parameters().stream()
              .filter(it -> it.name().equals(parameter.name()))
              .findFirst()
              .orElseThrow();
      parameter.value().assign(source.value());
    }
  }

  @Test
  void a_prior_that_cannot_model_a_map_says_so() {
    CodeShape shape = maps(new Grid(2, 2), List.of(4), new Grid(4, 4), List.of(5, 2));
    Prior pixelcnn =
        new PixelCnnPrior(new PixelCnnPrior.Settings(4, 3, 5, 3, 6, 3), new NativeKernels());
    assertThatThrownBy(() -> PriorPerMap.of(pixelcnn, shape, Conditions.NONE, scope()))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("these codes are 4x4 of K = 5, 2");
  }

  @Test
  void maps_that_are_not_in_the_shape_cannot_be_coarser() {
    CodeShape shape = maps(new Grid(2), List.of(4), new Grid(4), List.of(5));
    Conditions coarser = Conditions.NONE.withCoarser(CodeShape.of(new Grid(1), 3));
    assertThatThrownBy(() -> PriorPerMap.of(new UniformPrior(), shape, coarser, scope()))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "codes of several maps (top 2 of K = 4 and bottom 4 of K = 5) cannot be conditioned on"
                + " codes of yet coarser maps (1 of K = 3): put all maps into one shape");
  }
}
