package org.vqvae.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantizer;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.testing.DecoderContract;
import org.vqvae.core.testing.EncoderContract;
import org.vqvae.core.testing.PriorContract;
import org.vqvae.core.testing.QuantizerContract;

/**
 * Every component that any module on the class path registers, built by config and held to the
 * contract of its role: a component that is added is tested here without a word.
 */
class EveryComponentTest {

  static Stream<String> encoders() {
    return TinyComponents.types(Encoder.class);
  }

  static Stream<String> quantizers() {
    return TinyComponents.types(Quantizer.class);
  }

  static Stream<String> decoders() {
    return TinyComponents.types(Decoder.class);
  }

  static Stream<String> priors() {
    return TinyComponents.types(Prior.class);
  }

  @Test
  void the_class_path_has_those_of_three_modules() {
    assertThat(encoders()).contains("residual-conv");
    assertThat(quantizers()).contains("ema", "nearest");
    assertThat(decoders()).contains("residual-conv");
    assertThat(priors()).contains("pixelcnn", "uniform", "unigram");
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.image.EveryComponentTest#encoders")
  class EveryEncoder extends EncoderContract {
    @Parameter String type;

    @Override
    protected Encoder encoder(Kernels kernels) {
      return TinyComponents.build(Encoder.class, type, kernels, 1);
    }

    @Override
    protected DataSpec data() {
      return TinyComponents.dataOf(encoder(new NativeKernels()));
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.image.EveryComponentTest#quantizers")
  class EveryQuantizer extends QuantizerContract {
    @Parameter String type;

    @Override
    protected Quantizer create(long seed) {
      return TinyComponents.build(Quantizer.class, type, new NativeKernels(), seed);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.image.EveryComponentTest#decoders")
  class EveryDecoder extends DecoderContract {
    @Parameter String type;

    @Override
    protected Decoder decoder(Kernels kernels) {
      return TinyComponents.build(Decoder.class, type, kernels, 1);
    }

    @Override
    protected DataSpec data() {
      return TinyComponents.dataOf(decoder(new NativeKernels()));
    }

    @Override
    protected Grid latentGrid() {
      return TinyComponents.latentGridOf(decoder(new NativeKernels()), data());
    }
  }

  /** Only the null models learn nothing by gradient; any other prior looks back and is told. */
  @Nested
  @ParameterizedClass
  @MethodSource("org.vqvae.image.EveryComponentTest#priors")
  class EveryPrior extends PriorContract {
    @Parameter String type;

    @Override
    protected Prior prior(Kernels kernels) {
      return TinyComponents.build(Prior.class, type, kernels, 1);
    }

    @Override
    protected boolean looksBack() {
      return prior(kernels()).build(new CodeSpace(5, grid()), 0).parameters().stream()
          .anyMatch(org.vqvae.core.nn.Parameter::isLearned);
    }

    @Override
    protected boolean conditional() {
      return looksBack();
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
