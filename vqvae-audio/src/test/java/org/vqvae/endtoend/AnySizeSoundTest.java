package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.audio.Sounds;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.coder.AnySizeCoder;
import org.vqvae.core.data.Example;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.random.RandomStream;

/** Sound of any length through an autoencoder that was made for a tenth of a second. */
class AnySizeSoundTest {
  private static final DataSpec SOUND = Sounds.spec(1024, 8000, List.of());
  private static final String CONV1D =
      "decoder { type = conv1d, channels = 8, residual-blocks = 1, downsample = 16 }";
  private static final String WAVENET =
      "decoder { type = wavenet, cycles = 1, layers-per-cycle = 4, channels = 8, skip-channels = 8,"
          + " features = 4 }";

  private final Kernels kernels = new KernelsFactory(Backend.start()).create("auto");

  @AfterEach
  void close() {
    kernels.close();
  }

  private ModelNetwork model(String decoder) {
    return TinySoundModel.of(kernels, SOUND, decoder);
  }

  private static Example sound(int length) {
    RandomStream random = RandomStream.of(5, "sound");
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextDouble(-1, 1);
    }
    return new Example(SOUND.withGrid(new Grid(length)), samples);
  }

  private static float[] decoded(AnySizeCoder coder, Codes codes, int length, int seed) {
    RandomStream chance = RandomStream.of(seed, "decoding");
    return coder.decode(codes, new Grid(length), Condition.NONE, chance).values();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1024, 7000})
  void pieces_do_not_show(int piece) {
    // Given what a sound gives in one piece
    ModelNetwork model = model(CONV1D);
    Example sound = sound(7177);
    AnySizeCoder whole = new AnySizeCoder(model, Integer.MAX_VALUE);
    Codes codes = whole.encode(sound);
    float[] decoded = decoded(whole, codes, 7177, 1);
    // When it is coded in pieces
    AnySizeCoder pieces = new AnySizeCoder(model, piece);
    // Then
    assertThat(codes.shape()).isEqualTo(CodeShape.of(new Grid(449), 32));
    assertThat(IntStream.of(codes.values()).distinct().count()).isGreaterThan(3);
    assertThat(pieces.encode(sound)).isEqualTo(codes);
    assertThat(decoded(pieces, codes, 7177, 1))
        .hasSize(7177)
        .containsExactly(decoded, within(1e-5f));
  }

  @Test
  void a_decoder_that_draws_sample_after_sample_does_so_without_a_break() {
    // Given one whose every sample depends on all before it
    ModelNetwork model = model(WAVENET);
    Codes codes = new AnySizeCoder(model).encode(sound(500));
    // When pieces would be small
    float[] whole = decoded(new AnySizeCoder(model, Integer.MAX_VALUE), codes, 500, 1);
    float[] small = decoded(new AnySizeCoder(model, 16), codes, 500, 1);
    // Then they are not made, and the same chance gives the same sound
    assertThat(small).isEqualTo(whole).hasSize(500);
    assertThat(decoded(new AnySizeCoder(model), codes, 500, 2)).isNotEqualTo(whole);
  }
}
