package org.vqvae.audio.report;

import java.util.List;
import org.vqvae.core.report.ResultKey;

/** The figures of {@code results.json} that only sound has. */
public final class SoundKeys {
  public static final ResultKey BITS_PER_SAMPLE =
      new ResultKey(
          "sound.bits-per-sample",
          "bits per sample",
          "Bits per sample",
          "test.loss.nll / ln 2: -log2 of the probability of a sample's mu-law level, given the"
              + " codes and the true samples before it, the mean over all samples of the test set;"
              + " only for decoders whose likelihood is of mu-law levels. The codes themselves cost"
              + " bound.<prior>.rate more.");
  public static final ResultKey UNIGRAM_BITS =
      new ResultKey(
          "sound.unigram-bits-per-sample",
          "bits per sample",
          "Bits per sample, unigram",
          "The same of a model that knows only how often each of the 256 mu-law levels occurs:"
              + " counts over the training split, each one more than it is.");
  public static final ResultKey BELOW_UNIGRAM =
      new ResultKey(
          "sound.below-unigram",
          "share",
          "Saved over unigram",
          "1 - sound.bits-per-sample / sound.unigram-bits-per-sample.");
  public static final ResultKey CODE_RATE =
      new ResultKey(
          "sound.code-bits-per-second",
          "bits per second",
          "Codes",
          "codes.bits x sample rate / data.values: what the codes of a second of sound, those of"
              + " all maps and codebooks, take when all entries of a codebook take the same bits.");
  public static final ResultKey EXAMPLES =
      new ResultKey(
          "sound.examples",
          "examples",
          "Decoded for it",
          "Test examples, drawn by the seed, that were encoded and decoded for the figures below"
              + " and for those of the conversion.");
  public static final ResultKey MEL_DISTANCE =
      new ResultKey(
          "sound.log-mel-distance",
          "dB",
          "Log-mel distance",
          "The root mean square over 40 mel bands of the difference in dB between a reconstruction"
              + " and its original, both cut off at 80 dB under the original's loudest band; the"
              + " mean over all frames of those examples.");
  public static final ResultKey SNR =
      new ResultKey(
          "sound.snr",
          "dB",
          "Signal-to-noise ratio",
          "10 log10 (sum x^2 / sum (x - reconstruction)^2) of an example, the mean over those that"
              + " are not silent. It asks for the very waveform: a decoder that draws samples of"
              + " its own is near or below 0 however well it sounds.");

  public static final ResultKey RECOGNISED_ORIGINALS =
      new ResultKey(
          "recognition.<field>.originals",
          "share",
          "<field>: recognised from the original's sound",
          "The share of sound.examples whose <field> a linear classifier recognises from their"
              + " spectra: multinomial logistic regression on the log-mel spectra of each quarter,"
              + " at most 30 dB under the loudest band, loudness taken out, trained on at most"
              + " 3,000 originals of the training split. A field of more than 100 values is left"
              + " out. An example that is a window of a longer sound is recognised from that"
              + " window.");
  public static final ResultKey RECOGNISED_RECONSTRUCTIONS =
      new ResultKey(
          "recognition.<field>.reconstructions",
          "share",
          "<field>: recognised from the reconstruction's sound",
          "The same of their reconstructions, by the same classifier: whether <field> can still be"
              + " heard.");
  public static final ResultKey RECOGNISED_BY_CHANCE =
      new ResultKey(
          "recognition.<field>.chance",
          "share",
          "<field>: guessed without hearing",
          "The share of sound.examples whose <field> is the one that most of those training"
              + " examples have.");
  public static final ResultKey RECOGNISED_CONVERSIONS =
      new ResultKey(
          "recognition.<field>.conversions",
          "share",
          "<field>: recognised from the conversion's sound",
          "The same of their conversions. If <field> is the class, the right answer is the one that"
              + " the codes were decoded as; otherwise it is the original's. Left out where the"
              + " class is several fields at once, which all change.");

  public static final ResultKey CONVERTED =
      new ResultKey(
          "conversion.examples",
          "examples",
          "Converted",
          "Those of sound.examples whose codes were decoded as another class, such as another"
              + " speaker, and in which a pitch is found.");
  public static final ResultKey PITCH_TO_SOURCE =
      new ResultKey(
          "conversion.pitch-to-source",
          "semitones",
          "Pitch, from the source class",
          "How far the median pitch of a converted example is from that of its own class, the mean"
              + " over them. The pitch of a class is the median of the medians of its originals"
              + " among sound.examples.");
  public static final ResultKey PITCH_TO_TARGET =
      new ResultKey(
          "conversion.pitch-to-target",
          "semitones",
          "Pitch, from the target class",
          "The same, from that of the class that it was decoded as.");
  public static final ResultKey PITCH_MOVED =
      new ResultKey(
          "conversion.pitch-moved",
          "share",
          "Pitch, moved towards the target",
          "The part of the way from the source class's pitch to the target class's, in semitones,"
              + " that conversion went, by least squares over all of them: 1 arrives, 0 stays.");
  public static final ResultKey SPECTRUM_TO_SOURCE =
      new ResultKey(
          "conversion.spectrum-to-source",
          "dB",
          "Spectrum, from the source class",
          "The root mean square over 40 mel bands of the difference in dB between the mean spectrum"
              + " of all conversions from a class and that of the class's originals, loudness taken"
              + " out; the mean over the classes. It depends on formants and tilt.");
  public static final ResultKey SPECTRUM_TO_TARGET =
      new ResultKey(
          "conversion.spectrum-to-target",
          "dB",
          "Spectrum, from the target class",
          "The same between the mean spectrum of all conversions to a class and that of the class's"
              + " originals.");

  /** The constants above, in their order, which is that of the file. */
  public static final List<ResultKey> ALL =
      List.of(
          BITS_PER_SAMPLE,
          UNIGRAM_BITS,
          BELOW_UNIGRAM,
          CODE_RATE,
          EXAMPLES,
          MEL_DISTANCE,
          SNR,
          RECOGNISED_ORIGINALS,
          RECOGNISED_RECONSTRUCTIONS,
          RECOGNISED_BY_CHANCE,
          RECOGNISED_CONVERSIONS,
          CONVERTED,
          PITCH_TO_SOURCE,
          PITCH_TO_TARGET,
          PITCH_MOVED,
          SPECTRUM_TO_SOURCE,
          SPECTRUM_TO_TARGET);

  private SoundKeys() {}
}
