package org.vqvae.audio.data;

/**
 * A second-order resonance of unit gain at frequency 0: one formant of a vocal tract.
 *
 * <p>Klatt 1980, "Software for a cascade/parallel formant synthesizer", eq. 1 and 2: y_n = A x_n +
 * B y_{n-1} + C y_{n-2}, C = -exp(-2 pi bandwidth T), B = 2 exp(-pi bandwidth T) cos(2 pi frequency
 * T), A = 1 - B - C.
 */
final class Resonator {
  private final double sampleRate;
  private double a = 1;
  private double b;
  private double c;
  private double last;
  private double beforeLast;

  Resonator(double sampleRate) {
    this.sampleRate = sampleRate;
  }

  void tune(double frequency, double bandwidth) {
    c = -Math.exp(-2 * Math.PI * bandwidth / sampleRate);
    b =
        2
            * Math.exp(-Math.PI * bandwidth / sampleRate)
            * Math.cos(2 * Math.PI * frequency / sampleRate);
    a = 1 - b - c;
  }

  double next(double input) {
    double output = a * input + b * last + c * beforeLast;
    beforeLast = last;
    last = output;
    return output;
  }
}
