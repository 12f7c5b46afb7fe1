package org.vqvae.audio.network;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.spectrum.SpectralSettings;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.testing.DecoderContract;
import org.vqvae.core.testing.EncoderContract;
import org.vqvae.core.wavenet.WaveNetSettings;

/** The encoder and the decoders of sound keep the promises of their roles. */
class ContractsTest {
  private static final StridedSettings PLAIN = new StridedSettings(4, 3, 0, 8);
  private static final StridedSettings RESIDUAL = new StridedSettings(4, 3, 2, 8);
  private static final DataSpec SOUND = Sounds.spec(48, 8000, List.of());
  private static final DataSpec SPEAKERS = Sounds.spec(48, 8000, List.of("anna", "ben"));

  @Nested
  class AnEncoder extends EncoderContract {
    @Override
    protected Encoder encoder(Kernels kernels) {
      return new StridedConvEncoder(PLAIN, kernels);
    }

    @Override
    protected DataSpec data() {
      return SOUND;
    }
  }

  @Nested
  class AnEncoderWithResidualBlocks extends EncoderContract {
    @Override
    protected Encoder encoder(Kernels kernels) {
      return new StridedConvEncoder(RESIDUAL, kernels);
    }

    @Override
    protected DataSpec data() {
      return SOUND;
    }
  }

  @Nested
  class AOnePassDecoder extends DecoderContract {
    @Override
    protected Decoder decoder(Kernels kernels) {
      return new TransposedConvDecoder(
          new TransposedConvDecoder.Settings(RESIDUAL, 0, SpectralSettings.NONE), kernels);
    }

    @Override
    protected DataSpec data() {
      return SOUND;
    }

    @Override
    protected Grid latentGrid() {
      return new Grid(6);
    }
  }

  @Nested
  class AWaveNetDecoder extends DecoderContract {
    @Override
    protected Decoder decoder(Kernels kernels) {
      return wavenet(kernels, 0, false);
    }

    @Override
    protected DataSpec data() {
      return SOUND;
    }

    @Override
    protected Grid latentGrid() {
      return new Grid(6);
    }
  }

  @Nested
  class AWaveNetDecoderConditionedOnTheSpeaker extends DecoderContract {
    @Override
    protected Decoder decoder(Kernels kernels) {
      return wavenet(kernels, 0, true);
    }

    @Override
    protected DataSpec data() {
      return SPEAKERS;
    }

    @Override
    protected Grid latentGrid() {
      return new Grid(6);
    }
  }

  @Nested
  class AWaveNetDecoderThatDrawsInTraining extends DecoderContract {
    @Override
    protected Decoder decoder(Kernels kernels) {
      return wavenet(kernels, 0.5, false);
    }

    @Override
    protected DataSpec data() {
      return SOUND;
    }

    @Override
    protected Grid latentGrid() {
      return new Grid(6);
    }
  }

  @Nested
  class AOnePassDecoderWithASpectralPenalty extends DecoderContract {
    @Override
    protected Decoder decoder(Kernels kernels) {
      return new TransposedConvDecoder(
          new TransposedConvDecoder.Settings(PLAIN, 0, new SpectralSettings(0.3, List.of(16, 8))),
          kernels);
    }

    @Override
    protected DataSpec data() {
      return SOUND;
    }

    @Override
    protected Grid latentGrid() {
      return new Grid(6);
    }
  }

  /**
   * @param disturbance probability of jitter, and of hidden history
   */
  private static Decoder wavenet(Kernels kernels, double disturbance, boolean speakers) {
    WaveNetDecoder.Settings settings =
        new WaveNetDecoder.Settings(
            new WaveNetSettings(2, 3, 5, 7),
            4,
            disturbance,
            disturbance,
            speakers,
            SamplingSettings.PLAIN);
    return new WaveNetDecoder(settings, kernels);
  }
}
