package org.vqvae.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.Adam;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Quantizer;
import org.vqvae.core.data.Example;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.random.RandomStream;
import org.vqvae.image.TinyComponents;

/** Pictures of any size through an autoencoder that was made for 16x16. */
class AnySizeCoderTest {
  private static final DataSpec PICTURES = DataSpec.ofImages(new Grid(16, 16), 3, List.of());
  private static final int K = 32;

  private final Kernels kernels = new KernelsFactory(Backend.start()).create("auto");
  private final Autoencoder autoencoder = autoencoder();

  @AfterEach
  void close() {
    kernels.close();
  }

  private Autoencoder autoencoder() {
    Components components =
        TinyComponents.of(
            kernels,
            "quantizer { type = nearest, codebook-size = %d, code-dim = 4 }".formatted(K),
            "encoder { type = residual-conv, channels = 8, residual-channels = 4 }",
            "decoder { type = residual-conv, channels = 8, residual-channels = 4 }");
    return new Autoencoder(
        PICTURES,
        1,
        components.get(Encoder.class),
        components.get(Quantizer.class),
        components.get(Decoder.class),
        1,
        new Adam(1e-3),
        RandomStream.of(1, "initialization"));
  }

  private static RandomStream chance() {
    return RandomStream.of(1, "decoding");
  }

  private static Example picture(int height, int width) {
    DataSpec form = PICTURES.withGrid(new Grid(height, width));
    RandomStream random = RandomStream.of(5, "picture");
    float[] values = new float[form.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    return new Example(form, values);
  }

  @Test
  void a_picture_of_the_autoencoder_s_size_gets_the_codes_that_the_autoencoder_gives() {
    Example picture = picture(16, 16);
    AnySizeCoder coder = new AnySizeCoder(autoencoder);
    int[] codes = coder.encode(picture);
    assertThat(codes)
        .isEqualTo(autoencoder.encode(FloatArrays.of(picture.values(), 1, 16, 16, 3)))
        .hasSize(16);
    assertThat(coder.decode(codes, new Grid(16, 16), -1, chance()).values())
        .isEqualTo(FloatArrays.read(autoencoder.decode(codes, null, chance())));
  }

  @ParameterizedTest
  @CsvSource({"16, 16, 4, 4", "1, 1, 1, 1", "17, 15, 5, 4", "40, 16, 10, 4"})
  void whole_latents_cover_a_picture(int height, int width, int rows, int columns) {
    Example picture = picture(height, width);
    AnySizeCoder coder = new AnySizeCoder(autoencoder);
    CodeSpace space = coder.space(picture.spec().grid());
    assertThat(space).isEqualTo(new CodeSpace(K, new Grid(rows, columns)));
    int[] codes = coder.encode(picture);
    assertThat(codes).hasSize(rows * columns);
    assertThat(coder.decode(codes, picture.spec().grid(), -1, chance()).spec())
        .isEqualTo(picture.spec());
  }

  @ParameterizedTest
  @CsvSource({"1", "200", "1000", "2200"})
  void pieces_do_not_show(int piece) {
    // Given what the whole picture gives in one piece, 37 rows of latents
    Example picture = picture(146, 21);
    Grid size = picture.spec().grid();
    AnySizeCoder whole = new AnySizeCoder(autoencoder, Integer.MAX_VALUE);
    int[] codes = whole.encode(picture);
    float[] decoded = whole.decode(codes, size, -1, chance()).values();
    // When it is coded in pieces
    AnySizeCoder pieces = new AnySizeCoder(autoencoder, piece);
    // Then
    assertThat(pieces.encode(picture)).isEqualTo(codes);
    assertThat(pieces.decode(codes, size, -1, chance()).values())
        .containsExactly(decoded, within(1e-5f));
    assertThat(IntStream.of(codes).distinct().count()).isGreaterThan(3);
  }

  @Test
  void coding_leaves_the_autoencoder_as_it_was() {
    Example own = picture(16, 16);
    AnySizeCoder coder = new AnySizeCoder(autoencoder);
    int[] before = coder.encode(own);
    coder.encode(picture(64, 20));
    assertThat(coder.encode(own)).isEqualTo(before);
  }
}
