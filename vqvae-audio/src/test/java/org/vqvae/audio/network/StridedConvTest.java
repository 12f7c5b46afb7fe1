package org.vqvae.audio.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.spectrum.SpectralSettings;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Medium;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

class StridedConvTest {
  private static final StridedSettings LAYERS = new StridedSettings(6, 4, 2, 8);

  private static final Scope ROOT = Scope.root(new RandomStreams(1));

  private static DataSpec sound(int samples) {
    return Sounds.spec(samples, 8000, List.of());
  }

  @Test
  void latents_are_as_many_times_fewer_as_downsample_says_and_the_decoder_undoes_that() {
    // Given encoder and decoder of the same layers
    Block encoder = encoder(LAYERS, sound(48));
    DecoderNetwork decoder =
        new TransposedConvDecoder(
                new TransposedConvDecoder.Settings(LAYERS, 1, SpectralSettings.NONE),
                new NativeKernels())
            .build(sound(48), new Grid(6), 3, ROOT.child("decoder"));
    ParameterVector.allocate(encoder.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "encoder"));
    ParameterVector.allocate(decoder.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "decoder"));
    INDArray x = Nd4j.linspace(-1, 1, 96, DataType.FLOAT).reshape(2, 48, 1);
    // When sound goes through both
    INDArray latents = encoder.forward(x, Phase.TRAIN);
    INDArray prediction = decoder.forward(latents, x, Condition.NONE, Phase.TRAIN);
    // Then shapes are as promised, of gradients too
    assertThatArray(latents).hasShape(2, 6, 3).isFinite();
    assertThatArray(prediction).hasShape(2, 48, 1).isFinite();
    assertThatArray(decoder.backward(prediction.dup())).hasShape(2, 6, 3).isFinite();
  }

  @Test
  void the_papers_encoder_halves_six_times_for_64_samples_a_latent() {
    // Given the settings of the paper, without residual blocks
    StridedSettings paper = new StridedSettings(16, 0, 0, 64);
    // When
    Block encoder = encoder(paper, sound(4096));
    // Then there are six layers whose windows have four samples, and one to the latents
    assertThat(encoder.parameters())
        .filteredOn(it -> it.name().endsWith("/w"))
        .extracting(it -> it.name() + " " + Arrays.toString(it.shape()))
        .containsExactly(
            "encoder/down1/w [1, 4, 1, 16]",
            "encoder/down2/w [1, 4, 16, 16]",
            "encoder/down3/w [1, 4, 16, 16]",
            "encoder/down4/w [1, 4, 16, 16]",
            "encoder/down5/w [1, 4, 16, 16]",
            "encoder/down6/w [1, 4, 16, 16]",
            "encoder/to-latents/w [1, 1, 16, 3]");
    ParameterVector.allocate(encoder.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "encoder"));
    assertThatArray(encoder.forward(Nd4j.zeros(DataType.FLOAT, 1, 4096, 1), Phase.EVAL))
        .hasShape(1, 64, 3);
  }

  @Test
  void the_grid_of_latents_is_time_alone() {
    StridedConvEncoder encoder = new StridedConvEncoder(LAYERS, new NativeKernels());
    assertThat(encoder.latentGrid(sound(4096))).isEqualTo(new Grid(512));
  }

  @Test
  void data_that_does_not_divide_or_is_no_sound_is_refused() {
    StridedConvEncoder encoder = new StridedConvEncoder(LAYERS, new NativeKernels());
    assertThatThrownBy(() -> encoder.latentGrid(sound(100)))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "downsample = 8 does not divide the 100 samples of an example: choose a downsample"
                + " that does, or another window of data");
    DataSpec picture = new DataSpec(new Medium("image", 255), new Grid(32, 32), 3, List.of(), 0);
    assertThatThrownBy(() -> encoder.latentGrid(picture))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("take sound, but the data is image of grid 32x32");
  }

  @Test
  void features_of_sound_are_encoded_and_decoded_as_sound_is() {
    // Given features of 5 channels, which have no sample rate
    DataSpec features = sound(48).ofFeatures(new Grid(24), 5);
    Block encoder = encoder(LAYERS, features);
    DecoderNetwork decoder =
        new TransposedConvDecoder(
                new TransposedConvDecoder.Settings(
                    LAYERS, 1, new SpectralSettings(0.3, List.of(16))),
                new NativeKernels())
            .build(features, new Grid(3), 3, ROOT.child("decoder"));
    ParameterVector.allocate(encoder.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "encoder"));
    ParameterVector.allocate(decoder.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "decoder"));
    INDArray x = Nd4j.linspace(-1, 1, 240, DataType.FLOAT).reshape(2, 24, 5);
    // When
    INDArray latents = encoder.forward(x, Phase.EVAL);
    // Then
    assertThatArray(latents).hasShape(2, 3, 3);
    assertThatArray(decoder.forward(latents, x, Condition.NONE, Phase.EVAL)).hasShape(2, 24, 5);
  }

  private static Block encoder(StridedSettings layers, DataSpec data) {
    return new StridedConvEncoder(layers, new NativeKernels())
        .build(data, 3, ROOT.child("encoder"));
  }
}
