package org.vqvae.core.report;

import java.util.ArrayList;
import java.util.List;

/** The figures of {@link ResultKeys} that only sound has, in their order. */
public final class SoundKeys {
  /** Filled while this class is initialised; never changed after. */
  static final List<ResultKey> ALL = new ArrayList<>();

  public static final ResultKey BITS_PER_SAMPLE =
      key(
          "sound.bits-per-sample",
          "bits per sample",
          "Bits per sample",
          "test.nll / ln 2: -log2 of the probability of a sample's mu-law level, given the codes"
              + " and the true samples before it, the mean over all samples of the test set; only"
              + " for decoders whose likelihood is of mu-law levels. The codes themselves cost"
              + " bound.<prior>.rate more.");
  public static final ResultKey UNIGRAM_BITS =
      key(
          "sound.unigram-bits-per-sample",
          "bits per sample",
          "Bits per sample, unigram",
          "The same of a model that knows only how often each of the 256 mu-law levels occurs:"
              + " counts over the training split, each one more than it is.");
  public static final ResultKey BELOW_UNIGRAM =
      key(
          "sound.below-unigram",
          "share",
          "Saved over unigram",
          "1 - sound.bits-per-sample / sound.unigram-bits-per-sample.");
  public static final ResultKey CODE_RATE =
      key(
          "sound.code-bits-per-second",
          "bits per second",
          "Codes",
          "codes.positions x log2 codes.codebook-size x sample rate / data.values: what the codes"
              + " of a second of sound take when each takes the same bits.");
  public static final ResultKey EXAMPLES =
      key(
          "sound.examples",
          "examples",
          "Decoded for it",
          "Test examples, drawn by the seed, that were encoded and decoded for the figures below"
              + " and for those of the conversion.");
  public static final ResultKey MEL_DISTANCE =
      key(
          "sound.log-mel-distance",
          "dB",
          "Log-mel distance",
          "The root mean square over 40 mel bands of the difference in dB between a reconstruction"
              + " and its original, both at least 80 dB under the original's loudest band; the mean"
              + " over all frames of those examples.");
  public static final ResultKey SNR =
      key(
          "sound.snr",
          "dB",
          "Signal-to-noise ratio",
          "10 log10 (sum x^2 / sum (x - reconstruction)^2) of an example, the mean over those that"
              + " are not silent. It asks for the very waveform: a decoder that draws samples of"
              + " its own is near or below 0 however well it sounds.");

  public static final ResultKey ORIGINALS_TOLD =
      key(
          "told.<field>.originals",
          "share",
          "<field>: told from the original's sound",
          "The share of sound.examples whose <field> a linear classifier tells from their spectra:"
              + " multinomial logistic regression on the log-mel spectra of each quarter, at most"
              + " 30 dB under the loudest band, loudness taken out, trained on at most 3,000"
              + " originals of the training split. A field of more than 100 values is left out. An"
              + " example that is a window of a longer sound is told by that window.");
  public static final ResultKey RECONSTRUCTIONS_TOLD =
      key(
          "told.<field>.reconstructions",
          "share",
          "<field>: told from the reconstruction's sound",
          "The same of their reconstructions, by the same classifier: whether <field> can still be"
              + " heard.");
  public static final ResultKey TOLD_BY_CHANCE =
      key(
          "told.<field>.chance",
          "share",
          "<field>: told without hearing",
          "The share of sound.examples whose <field> is the one that most of those training"
              + " examples have.");
  public static final ResultKey CONVERSIONS_TOLD =
      key(
          "told.<field>.conversions",
          "share",
          "<field>: told from the conversion's sound",
          "The same of their conversions. If <field> is the class, it is told rightly if it is the"
              + " one that the codes were decoded as; otherwise, if it is the original's. Left out"
              + " where the class is several fields at once, which all change.");

  public static final ResultKey CONVERTED =
      key(
          "conversion.examples",
          "examples",
          "Converted",
          "Those of sound.examples whose codes were decoded as another class, such as another"
              + " speaker, and in which a pitch is found.");
  public static final ResultKey PITCH_TO_SOURCE =
      key(
          "conversion.pitch-to-source",
          "semitones",
          "Pitch, from the source class",
          "How far the median pitch of a converted example is from that of its own class, the mean"
              + " over them. The pitch of a class is the median of the medians of its originals"
              + " among sound.examples.");
  public static final ResultKey PITCH_TO_TARGET =
      key(
          "conversion.pitch-to-target",
          "semitones",
          "Pitch, from the target class",
          "The same, from that of the class that it was decoded as.");
  public static final ResultKey PITCH_MOVED =
      key(
          "conversion.pitch-moved",
          "share",
          "Pitch, moved towards the target",
          "The part of the way from the source class's pitch to the target class's, in semitones,"
              + " that conversion went, by least squares over all of them: 1 arrives, 0 stays.");
  public static final ResultKey SPECTRUM_TO_SOURCE =
      key(
          "conversion.spectrum-to-source",
          "dB",
          "Spectrum, from the source class",
          "The root mean square over 40 mel bands of the difference in dB between the mean spectrum"
              + " of all conversions from a class and that of the class's originals, loudness taken"
              + " out; the mean over the classes. It tells formants and tilt.");
  public static final ResultKey SPECTRUM_TO_TARGET =
      key(
          "conversion.spectrum-to-target",
          "dB",
          "Spectrum, from the target class",
          "The same between the mean spectrum of all conversions to a class and that of the class's"
              + " originals.");

  private SoundKeys() {}

  private static ResultKey key(String name, String unit, String label, String meaning) {
    ResultKey key = new ResultKey(name, unit, label, meaning);
    ALL.add(key);
    return key;
  }
}
