package org.vqvae.audio.data;

import java.util.Arrays;
import org.vqvae.audio.wav.Resampler;
import org.vqvae.audio.wav.WavWriter;
import org.vqvae.core.random.RandomStream;

/**
 * Says one vowel in one voice: glottal pulses and breath through a cascade of formants, at twice
 * the sample rate so that the pulses' edges do not alias.
 *
 * <p>Klatt 1980, "Software for a cascade/parallel formant synthesizer"; the pulses are those of
 * Rosenberg 1971, "Effect of glottal pulse shape on the quality of natural vowels", polynomial form
 * t^2 - t^3, and enter as their derivative, which stands for radiation at the lips.
 */
final class VoiceSynthesizer {
  /** The sample rate of what comes out, in Hz. */
  static final int SAMPLE_RATE = 8_000;

  private static final int OVERSAMPLING = 2;
  private static final double RATE = SAMPLE_RATE * OVERSAMPLING;
  private static final Resampler DOWN = new Resampler(SAMPLE_RATE * OVERSAMPLING, SAMPLE_RATE);

  /** Samples between two tunings of the resonators. */
  private static final int TUNING_STEP = 32;

  private static final double OPEN_PART = 0.6;
  private static final double GLIDE_SECONDS = 0.06;
  private static final double[] BANDWIDTHS = {60, 90, 140, 200, 280};

  private final Speaker speaker;
  private final Vowel vowel;
  private final RandomStream random;
  private final double[] onset = new double[BANDWIDTHS.length];
  private final double[] target = new double[BANDWIDTHS.length];

  VoiceSynthesizer(Speaker speaker, Vowel vowel, RandomStream random) {
    this.speaker = speaker;
    this.vowel = vowel;
    this.random = random;
  }

  /** The vowel somewhere within that many samples, with faint noise around it. */
  short[] say(int length) {
    int total = length * OVERSAMPLING;
    int voiced = (int) (total * random.nextDouble(0.6, 0.95));
    int start = random.nextInt(total - voiced + 1);
    float[] sound = new float[total];
    float[] voice = shaped(tract(source(voiced)));
    System.arraycopy(voice, 0, sound, start, voiced);
    double noise = random.nextDouble(2e-4, 1e-3);
    float[] result = DOWN.apply(sound);
    short[] samples = new short[length];
    for (int i = 0; i < length; i++) {
      samples[i] = WavWriter.toShort((float) (result[i] + noise * random.nextGaussian()));
    }
    return samples;
  }

  /** Pulses of a pitch that glides, trembles and jitters, and breath. */
  private double[] source(int count) {
    double[] source = new double[count];
    double pitch = speaker.pitch * semitones(random.nextDouble(-2, 2));
    double glide = random.nextDouble(-4, 2);
    double phase = random.nextDouble();
    double jitter = 1;
    for (int i = 0; i < count; i++) {
      double vibrato = 0.2 * Math.sin(2 * Math.PI * 5 * i / RATE);
      phase += pitch * semitones(glide * i / count + vibrato) * jitter / RATE;
      if (phase >= 1) {
        phase -= 1;
        jitter = 1 + 0.01 * random.nextGaussian();
      }
      source[i] = pulse(phase) + speaker.breath * random.nextGaussian();
    }
    return source;
  }

  private static double semitones(double count) {
    return Math.pow(2, count / 12);
  }

  /** The derivative of t^2 - t^3 while the glottis is open, at most 1/3, and -1 at its closure. */
  private static double pulse(double phase) {
    double t = phase / OPEN_PART;
    return t < 1 ? 2 * t - 3 * t * t : 0;
  }

  /** Formants glide from near to where they belong, as after a consonant. */
  private double[] tract(double[] source) {
    Resonator[] resonators = new Resonator[BANDWIDTHS.length];
    for (int f = 0; f < resonators.length; f++) {
      resonators[f] = new Resonator(RATE);
      target[f] = vowel.formant(f) * speaker.formantScale * (1 + 0.03 * random.nextGaussian());
      onset[f] = target[f] * random.nextDouble(0.85, 1.15);
    }
    double[] output = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      if (i % TUNING_STEP == 0) {
        tune(resonators, Math.exp(-i / (RATE * GLIDE_SECONDS / 3)));
      }
      double value = source[i];
      for (Resonator resonator : resonators) {
        value = resonator.next(value);
      }
      output[i] = value;
    }
    return output;
  }

  private void tune(Resonator[] resonators, double atOnset) {
    for (int f = 0; f < resonators.length; f++) {
      resonators[f].tune(target[f] + (onset[f] - target[f]) * atOnset, BANDWIDTHS[f]);
    }
  }

  /** With a rise and a fall, and of a random loudness. */
  private float[] shaped(double[] voice) {
    int rise = (int) (RATE * random.nextDouble(0.015, 0.05));
    int fall = (int) (RATE * random.nextDouble(0.05, 0.12));
    for (int i = 0; i < voice.length; i++) {
      voice[i] *= ramp(i, rise) * ramp(voice.length - 1 - i, fall);
    }
    double peak = Arrays.stream(voice).map(Math::abs).max().orElseThrow();
    double gain = random.nextDouble(0.35, 0.85) / peak;
    float[] shaped = new float[voice.length];
    for (int i = 0; i < voice.length; i++) {
      shaped[i] = (float) (gain * voice[i]);
    }
    return shaped;
  }

  private static double ramp(int at, int length) {
    return at >= length ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * at / length);
  }
}
