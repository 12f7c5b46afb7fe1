package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.random.RandomStream;
import org.vqvae.image.Pictures;

/** Pictures of any size through an autoencoder that was made for 16x16. */
class AnySizePictureTest {
  private static final DataSpec PICTURES = Pictures.spec(new Grid(16, 16), 3, List.of());
  private static final String PARTS =
      """
      encoder { type = residual-conv, channels = 8, residual-channels = 4 }
      decoder { type = residual-conv, channels = 8, residual-channels = 4 }
      """;
  private static final String ONE_LEVEL =
      PARTS + "quantizer { type = nearest, codebook-size = 32, code-dim = 4 }";
  private static final String TWO_LEVELS =
      PARTS
          + """
          quantizer {
            type = residual
            levels = [
              { type = nearest, codebook-size = 32, code-dim = 4 }
              { type = nearest, codebook-size = 16, code-dim = 4, codebook-init = { type = normal, deviation = 0.1 } }
            ]
          }
          """;
  private static final String TWO_MAPS =
      PARTS
          + """
          quantizer { type = nearest, codebook-size = 32, code-dim = 4 }
          model {
            type = hierarchical
            features = 4
            top-encoder { type = residual-conv, channels = 4, residual-channels = 2, downsample = 2 }
            top-quantizer { type = nearest, codebook-size = 16, code-dim = 3 }
            top-decoder { type = residual-conv, channels = 4, residual-channels = 2, downsample = 2 }
          }
          """;

  private final Kernels kernels = new KernelsFactory(Backend.start()).create("auto");

  @AfterEach
  void close() {
    kernels.close();
  }

  private ModelNetwork model(String lines) {
    return TinyComponents.model(kernels, PICTURES, lines);
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

  private static float[] decoded(AnySizeCoder coder, Codes codes, Grid size) {
    return coder.decode(codes, size, Condition.NONE, chance()).values();
  }

  @Test
  void a_picture_of_the_autoencoder_s_size_gets_the_codes_that_the_autoencoder_gives() {
    // Given
    ModelNetwork model = model(ONE_LEVEL);
    Example picture = picture(16, 16);
    // When
    AnySizeCoder coder = new AnySizeCoder(model);
    Codes codes = coder.encode(picture);
    // Then
    assertThat(codes.shape()).isEqualTo(CodeShape.of(new Grid(4, 4), 32));
    assertThat(codes).isEqualTo(model.encode(FloatArrays.of(picture.values(), 1, 16, 16, 3)));
    assertThat(decoded(coder, codes, new Grid(16, 16)))
        .isEqualTo(FloatArrays.read(model.decode(codes, Condition.NONE, chance())));
  }

  @ParameterizedTest
  @CsvSource({"16, 16, 4, 4", "1, 1, 1, 1", "17, 15, 5, 4", "40, 16, 10, 4"})
  void whole_latents_cover_a_picture(int height, int width, int rows, int columns) {
    Example picture = picture(height, width);
    Grid size = picture.spec().grid();
    AnySizeCoder coder = new AnySizeCoder(model(ONE_LEVEL));
    assertThat(coder.shape(size)).isEqualTo(CodeShape.of(new Grid(rows, columns), 32));
    Codes codes = coder.encode(picture);
    assertThat(codes.shape()).isEqualTo(coder.shape(size));
    assertThat(coder.decode(codes, size, Condition.NONE, chance()).spec())
        .isEqualTo(picture.spec());
  }

  @Test
  void latents_of_the_coarsest_map_cover_a_picture_too() {
    // Given a model whose top codes stand for 8x8 pixels each
    Example picture = picture(18, 41);
    AnySizeCoder coder = new AnySizeCoder(model(TWO_MAPS));
    // When
    Codes codes = coder.encode(picture);
    // Then
    assertThat(codes.shape().map(0).grid()).isEqualTo(new Grid(3, 6));
    assertThat(codes.shape().map(1).grid()).isEqualTo(new Grid(6, 12));
    assertThat(coder.decode(codes, picture.spec().grid(), Condition.NONE, chance()).spec())
        .isEqualTo(picture.spec());
  }

  @ParameterizedTest
  @CsvSource({"1", "200", "1000", "2200"})
  void pieces_do_not_show(int piece) {
    assertPiecesDoNotShow(model(ONE_LEVEL), piece);
  }

  @ParameterizedTest
  @CsvSource({"1", "1000"})
  void pieces_do_not_show_with_several_codes_a_latent(int piece) {
    assertPiecesDoNotShow(model(TWO_LEVELS), piece);
  }

  private static void assertPiecesDoNotShow(ModelNetwork model, int piece) {
    // Given what the whole picture gives in one piece, 37 rows of latents
    Example picture = picture(146, 21);
    Grid size = picture.spec().grid();
    AnySizeCoder whole = new AnySizeCoder(model, Integer.MAX_VALUE);
    Codes codes = whole.encode(picture);
    float[] decoded = decoded(whole, codes, size);
    // When it is coded in pieces
    AnySizeCoder pieces = new AnySizeCoder(model, piece);
    // Then
    assertThat(pieces.encode(picture)).isEqualTo(codes);
    assertThat(decoded(pieces, codes, size)).containsExactly(decoded, within(1e-5f));
    assertThat(IntStream.of(codes.values()).distinct().count()).isGreaterThan(3);
  }

  @Test
  void coding_leaves_the_autoencoder_as_it_was() {
    Example own = picture(16, 16);
    AnySizeCoder coder = new AnySizeCoder(model(ONE_LEVEL));
    Codes before = coder.encode(own);
    coder.encode(picture(64, 20));
    assertThat(coder.encode(own)).isEqualTo(before);
  }
}
