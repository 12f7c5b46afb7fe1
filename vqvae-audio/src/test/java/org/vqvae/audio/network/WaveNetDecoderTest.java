package org.vqvae.audio.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.testing.Slopes;
import org.vqvae.core.wavenet.WaveNetSettings;

class WaveNetDecoderTest {
  private static final int SAMPLES = 24;
  private static final Grid LATENTS = new Grid(6);
  private static final DataSpec DATA = Sounds.spec(SAMPLES, 8000, List.of("anna", "ben"));

  private static WaveNetDecoder decoder(double jitter, SamplingSettings sampling) {
    return decoder(jitter, 0, sampling);
  }

  private static WaveNetDecoder decoder(
      double jitter, double historyDropout, SamplingSettings sampling) {
    WaveNetDecoder.Settings settings =
        new WaveNetDecoder.Settings(
            new WaveNetSettings(1, 3, 5, 7), 4, jitter, historyDropout, true, sampling);
    return new WaveNetDecoder(settings, new NativeKernels());
  }

  private static DecoderNetwork build(WaveNetDecoder decoder, DataSpec data, Grid latents) {
    Scope scope = Scope.root(new RandomStreams(1)).child("decoder");
    return decoder.build(data, latents, 3, scope);
  }

  private static DecoderNetwork network(WaveNetDecoder decoder, DataType type) {
    DecoderNetwork network = build(decoder, DATA, LATENTS);
    ParameterVector.allocate(network.parameters(), type)
        .initialize(RandomStream.of(2, "parameters"));
    // away from zero biases, with which a ReLU behind a ReLU may sit exactly on its kink
    network
        .parameters()
        .forEach(it -> it.value().addi(Slopes.random(type, it.name(), it.shape()).muli(0.1)));
    return network;
  }

  private static INDArray random(DataType type, String name, long... shape) {
    return Slopes.random(type, name, shape).muli(0.5);
  }

  @Test
  void begins_with_neighbouring_levels_alike() {
    // Given a decoder that has learned nothing
    DecoderNetwork network = build(decoder(0, SamplingSettings.PLAIN), DATA, LATENTS);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(2, "parameters"));
    INDArray vectors = value(network, "decoder/embedding/w");
    INDArray logits = value(network, "decoder/head/logits/w");
    // Then what stands for a level is near to what stands for the next one
    for (int level = 0; level + 1 < MuLaw.CODES; level++) {
      assertThat(vectors.getRow(level).distance2(vectors.getRow(level + 1))).isLessThan(0.5);
      assertThat(logits.getColumn(level).distance2(logits.getColumn(level + 1))).isLessThan(0.5);
    }
    assertThat(vectors.getRow(0).distance2(vectors.getRow(MuLaw.CODES - 1))).isGreaterThan(1);
  }

  private static INDArray value(DecoderNetwork network, String name) {
    return network.parameters().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void a_sample_is_predicted_from_those_before_it_alone() {
    // Given the logits of some sound
    DecoderNetwork network = network(decoder(0, SamplingSettings.PLAIN), DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 1, 6, 3);
    INDArray sound = random(DataType.FLOAT, "sound", 1, SAMPLES, 1);
    float[] before =
        FloatArrays.read(network.forward(latents, sound, Condition.ofLabels(0), Phase.EVAL))
            .clone();
    for (int changed = 0; changed < SAMPLES - 1; changed++) {
      // When one sample is another one
      INDArray other = sound.dup();
      other.putScalar(0, changed, 0, sound.getDouble(0, changed, 0) > 0 ? -0.9 : 0.9);
      float[] after =
          FloatArrays.read(network.forward(latents, other, Condition.ofLabels(0), Phase.EVAL));
      // Then nothing changes up to it, and the next prediction does
      int next = (changed + 1) * MuLaw.CODES;
      assertThat(Arrays.mismatch(before, after))
          .as("first change after sample %d", changed)
          .isBetween(next, next + MuLaw.CODES - 1);
    }
  }

  @Test
  void training_that_hides_all_samples_leaves_it_the_latents_alone() {
    // Given a decoder that sees no sample in training
    INDArray latents = random(DataType.FLOAT, "latents", 1, 6, 3);
    INDArray sound = random(DataType.FLOAT, "sound", 1, SAMPLES, 1);
    INDArray other = random(DataType.FLOAT, "other", 1, SAMPLES, 1);
    DecoderNetwork network = network(decoder(0, 1, SamplingSettings.PLAIN), DataType.FLOAT);
    // When it is given two sounds
    float[] logits =
        FloatArrays.read(network.forward(latents, sound, Condition.ofLabels(0), Phase.TRAIN))
            .clone();
    float[] others =
        FloatArrays.read(network.forward(latents, other, Condition.ofLabels(0), Phase.TRAIN));
    // Then it makes the same of both, and of other latents something else
    assertThat(others).isEqualTo(logits);
    assertThat(
            FloatArrays.read(
                network.forward(latents.mul(2), sound, Condition.ofLabels(0), Phase.TRAIN)))
        .isNotEqualTo(logits);
    // And outside training it sees them
    float[] seen =
        FloatArrays.read(network.forward(latents, sound, Condition.ofLabels(0), Phase.EVAL))
            .clone();
    assertThat(FloatArrays.read(network.forward(latents, other, Condition.ofLabels(0), Phase.EVAL)))
        .isNotEqualTo(seen);
  }

  @Test
  void what_training_draws_follows_from_the_step() {
    // Given a decoder that draws in training
    DecoderNetwork network = network(decoder(0.5, 0.5, SamplingSettings.PLAIN), DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 2, 6, 3);
    INDArray sound = random(DataType.FLOAT, "sound", 2, SAMPLES, 1);
    Condition condition = Condition.ofLabels(0, 1);
    // When
    INDArray logits = network.forward(latents, sound, condition, Phase.train(3, 0)).dup();
    INDArray again = network.forward(latents, sound, condition, Phase.train(3, 0)).dup();
    INDArray later = network.forward(latents, sound, condition, Phase.train(4, 0));
    // Then
    assertThatArray(again).isEqualToArray(logits);
    assertThat(later.equalsWithEps(logits, 1e-3)).isFalse();
  }

  @Test
  void the_most_likely_sound_is_the_one_whose_every_sample_the_full_pass_finds_most_likely() {
    // Given sound that was drawn with nothing but the most likely level, step by step
    WaveNetDecoder decoder = decoder(0, new SamplingSettings(1, 1));
    DecoderNetwork network = network(decoder, DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 3, 6, 3);
    Condition condition = Condition.ofLabels(0, 1, 0);
    INDArray sound = generate(network, decoder, latents, condition);
    // When the full pass looks at it
    INDArray logits = network.forward(latents, sound, condition, Phase.EVAL);
    // Then each sample's level is the most likely one
    int[] best = logits.reshape(3L * SAMPLES, MuLaw.CODES).argMax(1).toIntVector();
    assertThat(best).isEqualTo(MuLaw.encode(sound));
  }

  @Test
  void an_example_sounds_the_same_whatever_is_drawn_after_it_and_at_every_call() {
    WaveNetDecoder decoder = decoder(0, SamplingSettings.PLAIN);
    DecoderNetwork network = network(decoder, DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 3, 6, 3);
    Condition condition = Condition.ofLabels(0, 1, 0);
    float[] all = FloatArrays.read(generate(network, decoder, latents, condition));
    INDArray first = random(DataType.FLOAT, "latents", 1, 6, 3);
    float[] alone = FloatArrays.read(generate(network, decoder, first, Condition.ofLabels(0)));
    assertThat(Arrays.copyOf(all, SAMPLES)).isEqualTo(alone);
    assertThat(FloatArrays.read(generate(network, decoder, latents, condition))).isEqualTo(all);
  }

  private static INDArray generate(
      DecoderNetwork network, WaveNetDecoder decoder, INDArray latents, Condition condition) {
    Likelihood likelihood = decoder.likelihood(1);
    INDArray sound = network.generate(latents, condition, likelihood, RandomStream.of(4, "chance"));
    assertThatArray(sound).hasShape(latents.size(0), SAMPLES, 1).isFinite();
    return sound;
  }

  @Test
  void stereo_and_features_and_data_without_speakers_and_uneven_latents_are_refused() {
    WaveNetDecoder decoder = decoder(0, SamplingSettings.PLAIN);
    DataSpec stereo = new DataSpec(Sounds.MEDIUM, new Grid(SAMPLES), 2, List.of("anna"), 8000);
    assertThatThrownBy(() -> build(decoder, stereo, LATENTS))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("2 channels");
    DataSpec features = DATA.ofFeatures(DATA.grid(), 1);
    assertThatThrownBy(() -> build(decoder, features, LATENTS))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("rate 0");
    DataSpec nobody = Sounds.spec(SAMPLES, 8000, List.of());
    assertThatThrownBy(() -> build(decoder, nobody, LATENTS))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("no classes");
    assertThatThrownBy(() -> build(decoder, DATA, new Grid(7)))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("24 samples are no multiple of 7 latents");
  }

  @Test
  void a_speaker_that_it_was_not_built_for_is_refused() {
    WaveNetDecoder decoder = decoder(0, SamplingSettings.PLAIN);
    DecoderNetwork network = network(decoder, DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 1, 6, 3);
    assertThatThrownBy(() -> generate(network, decoder, latents, Condition.ofLabels(2)))
        .hasMessage("label 0 is 2: it must be in 0..1");
    assertThatThrownBy(() -> generate(network, decoder, latents, Condition.NONE))
        .hasMessageContaining("decoder \"wavenet\" is conditioned on 2 classes");
  }
}
