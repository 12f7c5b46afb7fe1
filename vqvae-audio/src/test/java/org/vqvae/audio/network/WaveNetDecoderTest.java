package org.vqvae.audio.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.wavenet.WaveNetSettings;

class WaveNetDecoderTest {
  private static final int SAMPLES = 24;
  private static final Grid LATENTS = new Grid(6);
  private static final DataSpec DATA = DataSpec.ofSound(SAMPLES, 8000, List.of("anna", "ben"));

  private static WaveNetDecoder decoder(double jitter, SamplingSettings sampling) {
    return decoder(jitter, 0, sampling);
  }

  private static WaveNetDecoder decoder(
      double jitter, double historyDropout, SamplingSettings sampling) {
    WaveNetDecoder.Settings settings =
        new WaveNetDecoder.Settings(
            new WaveNetSettings(1, 3, 5, 7), 4, jitter, historyDropout, true, sampling);
    return new WaveNetDecoder(settings, new NativeKernels(), new RandomStreams(1));
  }

  private static DecoderNetwork network(WaveNetDecoder decoder, DataType type) {
    DecoderNetwork network = decoder.build(DATA, LATENTS, 3);
    ParameterVector.allocate(network.parameters(), type)
        .initialize(RandomStream.of(2, "parameters"));
    // away from zero biases, with which a ReLU behind a ReLU may sit exactly on its kink
    network
        .parameters()
        .forEach(it -> it.value().addi(random(type, it.name(), it.shape()).muli(0.1)));
    return network;
  }

  private static INDArray random(DataType type, String name, long... shape) {
    RandomStream random = RandomStream.of(3, name);
    INDArray array = Nd4j.create(type, shape);
    INDArray flat = array.reshape(array.length());
    for (long i = 0; i < flat.length(); i++) {
      flat.putScalar(i, random.nextDouble(-1, 1));
    }
    return array;
  }

  @Test
  void begins_with_neighbouring_levels_alike() {
    // Given a decoder that has learned nothing
    DecoderNetwork network = decoder(0, SamplingSettings.PLAIN).build(DATA, LATENTS, 3);
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
        FloatArrays.read(network.forward(latents, sound, new int[] {0}, Phase.EVAL)).clone();
    for (int changed = 0; changed < SAMPLES - 1; changed++) {
      // When one sample is another one
      INDArray other = sound.dup();
      other.putScalar(0, changed, 0, sound.getDouble(0, changed, 0) > 0 ? -0.9 : 0.9);
      float[] after = FloatArrays.read(network.forward(latents, other, new int[] {0}, Phase.EVAL));
      // Then nothing changes up to it, and the next prediction does
      int next = (changed + 1) * MuLaw.CODES;
      assertThat(java.util.Arrays.mismatch(before, after))
          .as("first change after sample %d", changed)
          .isBetween(next, next + MuLaw.CODES - 1);
    }
  }

  @Test
  void gradients_agree_with_finite_differences() {
    assertGradients(0);
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
        FloatArrays.read(network.forward(latents, sound, new int[] {0}, Phase.TRAIN)).clone();
    float[] others = FloatArrays.read(network.forward(latents, other, new int[] {0}, Phase.TRAIN));
    // Then it makes the same of both, and of other latents something else
    assertThat(others).isEqualTo(logits);
    assertThat(FloatArrays.read(network.forward(latents.mul(2), sound, new int[] {0}, Phase.TRAIN)))
        .isNotEqualTo(logits);
    // And outside training it sees them
    float[] seen =
        FloatArrays.read(network.forward(latents, sound, new int[] {0}, Phase.EVAL)).clone();
    assertThat(FloatArrays.read(network.forward(latents, other, new int[] {0}, Phase.EVAL)))
        .isNotEqualTo(seen);
  }

  @Test
  void gradients_of_the_latents_follow_the_jitter() {
    assertGradients(0.5);
  }

  private static void assertGradients(double jitter) {
    // Given a loss: the sum of the logits, each with a weight of its own
    INDArray latents = random(DataType.DOUBLE, "latents", 2, 6, 3);
    INDArray sound = random(DataType.DOUBLE, "sound", 2, SAMPLES, 1);
    INDArray weights = random(DataType.DOUBLE, "weights", 2, SAMPLES, MuLaw.CODES);
    DecoderNetwork network = network(decoder(jitter, SamplingSettings.PLAIN), DataType.DOUBLE);
    network.parameters().forEach(parameter -> parameter.gradient().assign(3));
    network.forward(latents, sound, new int[] {0, 1}, Phase.TRAIN);
    // When it is passed back
    INDArray back = network.backward(weights.dup()).dup();
    // Then latents and parameters have its slope
    Slope slope = new Slope(jitter, latents, sound, weights);
    slope.check("latents", latents, back, network.parameters());
    for (Parameter parameter : network.parameters()) {
      slope.check(parameter.name(), parameter.value(), parameter.gradient(), network.parameters());
    }
  }

  /** The loss with the same jitter at every call: that of a new network with those parameters. */
  private record Slope(double jitter, INDArray latents, INDArray sound, INDArray weights) {

    void check(String name, INDArray array, INDArray gradient, List<Parameter> parameters) {
      INDArray flat = array.reshape(array.length());
      for (long i = 0; i < flat.length(); i += 1 + flat.length() / 7) {
        double middle = flat.getDouble(i);
        flat.putScalar(i, middle + 1e-5);
        double right = loss(parameters);
        flat.putScalar(i, middle - 1e-5);
        double left = loss(parameters);
        flat.putScalar(i, middle);
        double slope = (right - left) / 2e-5;
        assertThat(gradient.reshape(gradient.length()).getDouble(i))
            .as("%s[%d]", name, i)
            .isCloseTo(slope, within(1e-6 + 1e-5 * Math.abs(slope)));
      }
    }

    private double loss(List<Parameter> parameters) {
      DecoderNetwork same = network(decoder(jitter, SamplingSettings.PLAIN), DataType.DOUBLE);
      for (int i = 0; i < parameters.size(); i++) {
        same.parameters().get(i).value().assign(parameters.get(i).value());
      }
      INDArray logits = same.forward(latents, sound, new int[] {0, 1}, Phase.TRAIN);
      return logits.mul(weights).sumNumber().doubleValue();
    }
  }

  @Test
  void the_most_likely_sound_is_the_one_whose_every_sample_the_full_pass_finds_most_likely() {
    // Given sound that was drawn with nothing but the most likely level, step by step
    WaveNetDecoder decoder = decoder(0, new SamplingSettings(1, 1));
    DecoderNetwork network = network(decoder, DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 3, 6, 3);
    int[] labels = {0, 1, 0};
    INDArray sound = generate(network, decoder, latents, labels);
    // When the full pass looks at it
    INDArray logits = network.forward(latents, sound, labels, Phase.EVAL);
    // Then each sample's level is the most likely one
    int[] best = logits.reshape(3L * SAMPLES, MuLaw.CODES).argMax(1).toIntVector();
    assertThat(best).isEqualTo(MuLaw.encode(FloatArrays.read(sound)));
  }

  @Test
  void an_example_sounds_the_same_whatever_is_drawn_after_it_and_at_every_call() {
    WaveNetDecoder decoder = decoder(0, SamplingSettings.PLAIN);
    DecoderNetwork network = network(decoder, DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 3, 6, 3);
    float[] all = FloatArrays.read(generate(network, decoder, latents, new int[] {0, 1, 0}));
    INDArray first = random(DataType.FLOAT, "latents", 1, 6, 3);
    float[] alone = FloatArrays.read(generate(network, decoder, first, new int[] {0}));
    assertThat(java.util.Arrays.copyOf(all, SAMPLES)).isEqualTo(alone);
    assertThat(FloatArrays.read(generate(network, decoder, latents, new int[] {0, 1, 0})))
        .isEqualTo(all);
  }

  private static INDArray generate(
      DecoderNetwork network, WaveNetDecoder decoder, INDArray latents, int @Nullable [] labels) {
    Likelihood likelihood = decoder.likelihood(1);
    INDArray sound = network.generate(latents, labels, likelihood, RandomStream.of(4, "chance"));
    assertThatArray(sound).hasShape(latents.size(0), SAMPLES, 1).isFinite();
    return sound;
  }

  @Test
  void stereo_and_unknown_speakers_and_uneven_latents_are_refused() {
    WaveNetDecoder decoder = decoder(0, SamplingSettings.PLAIN);
    DataSpec stereo =
        new DataSpec(DataSpec.Medium.AUDIO, new Grid(SAMPLES), 2, List.of("anna"), 8000);
    assertThatThrownBy(() -> decoder.build(stereo, LATENTS, 3))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("2 channels");
    DataSpec nobody = DataSpec.ofSound(SAMPLES, 8000, List.of());
    assertThatThrownBy(() -> decoder.build(nobody, LATENTS, 3))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("no classes");
    assertThatThrownBy(() -> decoder.build(DATA, new Grid(7), 3))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("24 samples are no multiple of 7 latents");
  }

  @Test
  void a_speaker_that_it_was_not_built_for_is_refused() {
    WaveNetDecoder decoder = decoder(0, SamplingSettings.PLAIN);
    DecoderNetwork network = network(decoder, DataType.FLOAT);
    INDArray latents = random(DataType.FLOAT, "latents", 1, 6, 3);
    assertThatThrownBy(() -> generate(network, decoder, latents, new int[] {2}))
        .hasMessage("label 2: it must be in 0..1");
    assertThatThrownBy(() -> generate(network, decoder, latents, null))
        .hasMessageContaining("built for 2 classes");
  }
}
