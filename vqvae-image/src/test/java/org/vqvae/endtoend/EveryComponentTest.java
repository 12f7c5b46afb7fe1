package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.testing.BottleneckContract;
import org.vqvae.core.testing.DecoderContract;
import org.vqvae.core.testing.EncoderContract;
import org.vqvae.core.testing.PriorContract;
import org.vqvae.core.testing.QuantizerContract;

/**
 * Every component that any module on the class path registers, built by config and held to the
 * contract of its role. A component that is added is tested here as it is, but a prior has to be
 * entered with what it can do, and a bottleneck without codes as such.
 */
class EveryComponentTest {
  /** The bottlenecks that have no codes. */
  private static final Set<String> CONTINUOUS = Set.of("gaussian", "none");

  /** The encoder and decoder that are networks which somebody else has designed. */
  private static final String DESIGNED = "dl4j";

  /** Stands for an experiment that ends with the autoencoder. */
  private static final String NO_PRIOR = "none";

  /**
   * What a prior can do.
   *
   * @param looksBack whether codes change what is expected of later ones
   * @param conditional whether the class changes what is expected
   * @param seesCoarser whether the codes of coarser maps do
   * @param severalCodebooks whether it models several codes a position
   */
  private record Abilities(
      boolean looksBack, boolean conditional, boolean seesCoarser, boolean severalCodebooks) {}

  private static final Abilities BASELINE = new Abilities(false, false, false, true);
  private static final Map<String, Abilities> PRIORS =
      Map.of(
          "uniform",
          BASELINE,
          "unigram",
          BASELINE,
          "pixelcnn",
          new Abilities(true, true, true, false),
          "wavenet",
          new Abilities(true, true, true, true));

  static Stream<String> encoders() {
    return TinyComponents.types(Encoder.class);
  }

  static Stream<String> quantizers() {
    return TinyComponents.types(Bottleneck.class).filter(type -> !CONTINUOUS.contains(type));
  }

  static Stream<String> continuous() {
    return TinyComponents.types(Bottleneck.class).filter(CONTINUOUS::contains);
  }

  static Stream<String> decoders() {
    return TinyComponents.types(Decoder.class);
  }

  static Stream<String> priors() {
    return TinyComponents.types(Prior.class).filter(type -> !type.equals(NO_PRIOR));
  }

  @Test
  void the_class_path_has_those_of_four_modules() {
    assertThat(encoders()).contains("residual-conv");
    assertThat(quantizers()).contains("ema", "nearest", "residual");
    assertThat(continuous()).containsExactlyElementsOf(CONTINUOUS.stream().sorted().toList());
    assertThat(decoders()).contains("residual-conv");
  }

  @Test
  void what_every_prior_can_do_is_said() {
    assertThat(priors()).containsExactlyInAnyOrderElementsOf(PRIORS.keySet());
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.endtoend.EveryComponentTest#encoders")
  class EveryEncoder extends EncoderContract {
    @Parameter String type;

    @Override
    protected Encoder encoder(Kernels kernels) {
      return TinyComponents.build(Encoder.class, type, kernels);
    }

    @Override
    protected DataSpec data() {
      return TinyComponents.dataOf(encoder(new NativeKernels()));
    }

    @Override
    protected boolean isBuiltToFit() {
      return !type.equals(DESIGNED);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.endtoend.EveryComponentTest#quantizers")
  class EveryQuantizer extends QuantizerContract {
    @Parameter String type;

    @Override
    protected Quantizer create(Scope scope) {
      return (Quantizer) TinyComponents.build(Bottleneck.class, type, new NativeKernels(), scope);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.endtoend.EveryComponentTest#continuous")
  class EveryContinuousBottleneck extends BottleneckContract {
    @Parameter String type;

    @Override
    protected Bottleneck create(Scope scope) {
      return TinyComponents.build(Bottleneck.class, type, new NativeKernels(), scope);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.endtoend.EveryComponentTest#decoders")
  class EveryDecoder extends DecoderContract {
    @Parameter String type;

    @Override
    protected Decoder decoder(Kernels kernels) {
      return TinyComponents.build(Decoder.class, type, kernels);
    }

    @Override
    protected DataSpec data() {
      return TinyComponents.dataOf(decoder(new NativeKernels()));
    }

    @Override
    protected Grid latentGrid() {
      return TinyComponents.latentGridOf(decoder(new NativeKernels()), data());
    }

    @Override
    protected boolean isBuiltToFit() {
      return !type.equals(DESIGNED);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.endtoend.EveryComponentTest#priors")
  class EveryPrior extends PriorContract {
    @Parameter String type;

    @Override
    protected Prior prior(Kernels kernels) {
      return TinyComponents.build(Prior.class, type, kernels);
    }

    private Abilities abilities() {
      return PRIORS.get(type);
    }

    @Override
    protected boolean looksBack() {
      return abilities().looksBack();
    }

    @Override
    protected boolean conditional() {
      return abilities().conditional();
    }

    @Override
    protected boolean seesCoarser() {
      return abilities().seesCoarser();
    }

    @Override
    protected boolean severalCodebooks() {
      return abilities().severalCodebooks();
    }

    @Override
    protected Grid grid() {
      return TinyComponents.gridOf(prior(kernels()), new Grid(3, 4), new Grid(12));
    }

    @Override
    protected Grid tinyGrid() {
      return TinyComponents.gridOf(prior(kernels()), new Grid(2, 2), new Grid(4));
    }
  }
}
