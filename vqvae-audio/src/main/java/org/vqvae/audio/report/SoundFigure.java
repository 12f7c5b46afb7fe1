package org.vqvae.audio.report;

import java.util.Base64;
import java.util.Locale;
import org.vqvae.audio.spectrum.LogMel;
import org.vqvae.audio.wav.Sound;
import org.vqvae.audio.wav.WavWriter;
import org.vqvae.core.report.Figures;
import org.vqvae.core.report.Markup;
import org.vqvae.core.report.Png;

/**
 * One sound of a report: its waveform, its log-mel spectrogram and a player.
 *
 * @param title such as {@code original}
 * @param note beside the title; empty for none
 * @param description what it is, for those who cannot see it
 * @param loudest the decibels of the spectrogram's lightest colour
 */
record SoundFigure(String title, String note, String description, Sound sound, double loudest) {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 56;

  /** A sound on a scale of its own. */
  static SoundFigure of(String title, String note, String description, Sound sound) {
    return new SoundFigure(title, note, description, sound, loudest(sound));
  }

  /** The decibels of the loudest band of a sound. */
  static double loudest(Sound sound) {
    return LogMel.peak(new LogMel(sound.sampleRate()).of(sound.samples()));
  }

  /** How far the log-mel spectra of two sounds are apart. */
  static String apart(Sound original, Sound other) {
    double distance =
        new LogMel(original.sampleRate()).distance(original.samples(), other.samples());
    return Figures.decimals(distance, 1) + " dB apart";
  }

  void write(Markup page) {
    page.open("figure", "class", "sound").open("figcaption");
    page.leaf("strong", title).leaf("span", note, "class", "legend").close();
    writeWave(page);
    double[][] decibels = new LogMel(sound.sampleRate()).of(sound.samples());
    page.empty(
        "img",
        "src",
        Png.dataUri(Spectrogram.draw(decibels, loudest)),
        "alt",
        "Log-mel spectrogram of " + description);
    page.leaf(
            "audio",
            "",
            "controls",
            "controls",
            "preload",
            "metadata",
            "aria-label",
            description,
            "src",
            "data:audio/wav;base64," + Base64.getEncoder().encodeToString(WavWriter.bytes(sound)))
        .close()
        .line();
  }

  private void writeWave(Markup page) {
    page.open(
            "svg",
            "viewBox",
            "0 0 " + WIDTH + " " + HEIGHT,
            "preserveAspectRatio",
            "none",
            "class",
            "wave",
            "role",
            "img",
            "aria-label",
            "Waveform of " + description)
        .empty("path", "class", "area c1", "d", outline())
        .close();
  }

  /** The highest samples of each column from left to right, and the lowest ones back. */
  private String outline() {
    StringBuilder above = new StringBuilder("M0 " + y(0));
    StringBuilder below = new StringBuilder();
    float[] samples = sound.samples();
    for (int x = 0; x < WIDTH; x++) {
      float high = -1;
      float low = 1;
      int end = Math.max((x + 1) * samples.length / WIDTH, x * samples.length / WIDTH + 1);
      for (int i = x * samples.length / WIDTH; i < Math.min(end, samples.length); i++) {
        high = Math.max(high, samples[i]);
        low = Math.min(low, samples[i]);
      }
      above.append('L').append(x).append(' ').append(y(high + 0.01));
      below.insert(0, "L" + x + " " + y(low - 0.01));
    }
    return above + below.toString() + "Z";
  }

  private static String y(double sample) {
    double cut = Math.max(-1, Math.min(1, sample));
    return String.format(Locale.ROOT, "%.1f", (1 - cut) * HEIGHT / 2);
  }
}
