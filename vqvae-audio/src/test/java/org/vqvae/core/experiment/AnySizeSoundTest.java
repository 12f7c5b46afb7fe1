package org.vqvae.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Adam;
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
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/** Sound of any length through an autoencoder that was made for a tenth of a second. */
class AnySizeSoundTest {
  private static final DataSpec SOUND = DataSpec.ofSound(1024, 8000, List.of());
  private static final String CONV1D = "conv1d, channels = 8, residual-blocks = 1, downsample = 16";
  private static final String WAVENET =
      "wavenet, cycles = 1, layers-per-cycle = 4, channels = 8, skip-channels = 8, features = 4";

  @TempDir Path folder;

  private final Kernels kernels = new KernelsFactory(Backend.start()).create("auto");

  @AfterEach
  void close() {
    kernels.close();
  }

  private Autoencoder autoencoder(String decoder) throws Exception {
    Catalog catalog = Catalog.load(AnySizeSoundTest.class.getClassLoader());
    Path experiment =
        Files.writeString(
            folder.resolve("tiny.conf"),
            """
            data      { type = voices }
            encoder   { type = strided-conv1d, channels = 8, residual-blocks = 1, downsample = 16 }
            quantizer { type = nearest, codebook-size = 32, code-dim = 4 }
            decoder   { type = %s }
            prior     { type = unigram }
            """
                .formatted(decoder));
    Components components =
        new Components(
            new ExperimentLoader(catalog, note -> {}).load(experiment, List.of()),
            kernels,
            new RandomStreams(1));
    return new Autoencoder(
        SOUND,
        0.1,
        components.get(Encoder.class),
        components.get(Quantizer.class),
        components.get(Decoder.class),
        1,
        new Adam(1e-3),
        RandomStream.of(1, "initialization"));
  }

  private static Example sound(int length) {
    RandomStream random = RandomStream.of(5, "sound");
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextDouble(-1, 1);
    }
    return new Example(SOUND.withGrid(new Grid(length)), samples);
  }

  private static RandomStream chance() {
    return RandomStream.of(1, "decoding");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1024, 7000})
  void pieces_do_not_show(int piece) throws Exception {
    // Given what a sound gives in one piece
    Autoencoder autoencoder = autoencoder(CONV1D);
    Example sound = sound(7177);
    AnySizeCoder whole = new AnySizeCoder(autoencoder, Integer.MAX_VALUE);
    int[] codes = whole.encode(sound);
    float[] decoded = whole.decode(codes, new Grid(7177), -1, chance()).values();
    // When it is coded in pieces
    AnySizeCoder pieces = new AnySizeCoder(autoencoder, piece);
    // Then
    assertThat(codes).hasSize(449);
    assertThat(IntStream.of(codes).distinct().count()).isGreaterThan(3);
    assertThat(pieces.encode(sound)).isEqualTo(codes);
    assertThat(pieces.decode(codes, new Grid(7177), -1, chance()).values())
        .hasSize(7177)
        .containsExactly(decoded, within(1e-5f));
  }

  @Test
  void a_decoder_that_draws_sample_after_sample_does_so_without_a_break() throws Exception {
    // Given one whose every sample depends on all before it
    Autoencoder autoencoder = autoencoder(WAVENET);
    int[] codes = new AnySizeCoder(autoencoder).encode(sound(500));
    // When pieces would be small
    Example whole =
        new AnySizeCoder(autoencoder, Integer.MAX_VALUE).decode(codes, new Grid(500), -1, chance());
    Example small = new AnySizeCoder(autoencoder, 16).decode(codes, new Grid(500), -1, chance());
    // Then they are not made, and the same chance gives the same sound
    assertThat(small.values()).isEqualTo(whole.values()).hasSize(500);
    Example other =
        new AnySizeCoder(autoencoder)
            .decode(codes, new Grid(500), -1, RandomStream.of(2, "decoding"));
    assertThat(other.values()).isNotEqualTo(whole.values());
  }
}
