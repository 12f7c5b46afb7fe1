package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.vqvae.audio.AudioPlugin;
import org.vqvae.audio.Sounds;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.data.Batch;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.Slopes;
import org.vqvae.core.testing.StepInParts;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.Nd4jOptimizer;
import org.vqvae.core.training.Optimization;

/**
 * With every encoder and decoder of sound, two parts of a batch computed apart, added and applied,
 * are the whole batch.
 */
class SoundStepInPartsTest {
  private static final int SIZE = 5;
  private static final int BORDER = 2;
  private static final int STEPS_BEFORE = 2;
  private static final DataSpec SOUND = Sounds.spec(1024, 8000, List.of("anna", "theo"));
  private static final Optimization OPTIMIZATION =
      Optimization.of(new Nd4jOptimizer(new Nd4jOptimizer.Settings(new Sgd(1))), 0.01);

  /** Each decoder with all that it may draw or add. */
  private static final List<String> DECODERS =
      List.of(
          "decoder { type = conv1d, channels = 8, residual-blocks = 1, downsample = 16,"
              + " spectral { weight = 0.5, windows = [256] } }",
          "decoder { type = wavenet, cycles = 1, layers-per-cycle = 4, channels = 8, skip-channels"
              + " = 8, features = 4, jitter = 0.3, history-dropout = 0.3, class-conditional = true"
              + " }");

  private static final Kernels KERNELS = new KernelsFactory(Backend.start()).create("auto");

  @AfterAll
  static void close() {
    KERNELS.close();
  }

  static Stream<String> decoders() {
    return DECODERS.stream();
  }

  @Test
  void every_encoder_and_decoder_of_this_module_is_among_them() {
    ClassLoader loader = AudioPlugin.class.getClassLoader();
    Catalog own = Catalog.of(List.of(new AudioPlugin()), Catalog.referenceOf(loader), loader);
    assertThat(own.types(own.roleName(Encoder.class))).containsExactly("strided-conv1d");
    assertThat(own.types(own.roleName(Decoder.class)))
        .allSatisfy(type -> assertThat(DECODERS).anyMatch(it -> it.contains("= " + type + ",")))
        .hasSameSizeAs(DECODERS);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void of_an_autoencoder(String decoder) {
    StepInParts.ofAutoencoder(() -> trained(decoder))
        .take(batch(STEPS_BEFORE), SIZE, BORDER, STEPS_BEFORE);
  }

  private static AutoencoderTrainer trained(String decoder) {
    AutoencoderTrainer trainer =
        new AutoencoderTrainer(
            TinySoundModel.unbound(KERNELS, SOUND, decoder),
            OPTIMIZATION,
            RandomStream.of(1, "initialization"));
    for (int step = 0; step < STEPS_BEFORE; step++) {
      trainer.train(batch(step), step, 1);
    }
    return trainer;
  }

  private static Batch batch(int step) {
    int[] positions = new int[SIZE];
    Arrays.fill(positions, SOUND.grid().positions());
    return new Batch(
        Slopes.random(DataType.FLOAT, "batch " + step, SOUND.batchShape(SIZE)).muli(0.2),
        Condition.ofLabels(IntStream.range(0, SIZE).map(i -> i % 2).toArray()),
        IntStream.range(0, SIZE).toArray(),
        positions);
  }
}
