package org.vqvae.core.likelihood;

/**
 * Mu-law companding: a sample in -1...+1 as one of 256 levels, close together around silence: code
 * c stands for {@code f(x) = 2 c / 255 - 1}, where {@code f(x) = sign(x) ln(1 + 255 |x|) / ln 256}
 * (van den Oord et al. 2016, <a href="https://arxiv.org/abs/1609.03499">WaveNet</a>, sec. 2.2).
 */
public final class MuLaw {
  /** The number of levels. */
  public static final int CODES = 256;

  private static final int MU = CODES - 1;

  private MuLaw() {}

  /** The code nearest to a sample; samples out of range count as the nearer bound. */
  public static int encode(float sample) {
    double size = Math.min(1, Math.abs(sample));
    double f = Math.copySign(Math.log1p(MU * size) / Math.log1p(MU), sample);
    return (int) Math.round((f + 1) * MU / 2);
  }

  /** The sample that a code stands for. */
  public static float decode(int code) {
    double f = 2.0 * code / MU - 1;
    return (float) Math.copySign(Math.expm1(Math.abs(f) * Math.log1p(MU)) / MU, f);
  }

  /** The codes of samples. */
  public static int[] encode(float[] samples) {
    int[] codes = new int[samples.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = encode(samples[i]);
    }
    return codes;
  }
}
