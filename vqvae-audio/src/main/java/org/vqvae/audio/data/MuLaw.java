package org.vqvae.audio.data;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.FloatArrays;

/**
 * Mu-law companding: a sample as one of 256 levels that lie close around silence and far apart
 * where it is loud.
 *
 * <p>ITU-T G.711's characteristic in its continuous form, as in van den Oord et al. 2016, <a
 * href="https://arxiv.org/abs/1609.03499">WaveNet</a>, sec. 2.2: f(x) = sign(x) ln(1 + mu |x|) /
 * ln(1 + mu) with mu = 255. Code c stands for f = 2 c / 255 - 1, and a sample has the code nearest
 * to its f. (G.711 itself approximates f by straight lines, and its bits are arranged otherwise.)
 */
public final class MuLaw {
  /** How many codes there are: 0 to 255. */
  public static final int CODES = 256;

  private static final int MU = CODES - 1;
  private static final float[] LEVELS = levels();

  private MuLaw() {}

  /** The code of a sample; beyond -1...+1 it is that of the bound. */
  public static int encode(float sample) {
    double x = Math.max(-1, Math.min(1, sample));
    double f = Math.signum(x) * Math.log1p(MU * Math.abs(x)) / Math.log1p(MU);
    return (int) ((f + 1) / 2 * MU + 0.5);
  }

  /**
   * The codes of samples.
   *
   * @param samples of any shape; read where they lie if they are FLOAT and contiguous
   * @return one for each, in 'c' order
   */
  public static int[] encode(INDArray samples) {
    INDArray dense = samples.castTo(DataType.FLOAT).reshape('c', new long[] {samples.length()});
    int[] codes = new int[(int) dense.length()];
    try {
      FloatBuffer values = FloatArrays.view(dense);
      for (int i = 0; i < codes.length; i++) {
        codes[i] = encode(values.get(i));
      }
    } finally {
      Reference.reachabilityFence(dense);
    }
    return codes;
  }

  /** The level, in -1...+1, that a code stands for. */
  public static float decode(int code) {
    return LEVELS[code];
  }

  private static float[] levels() {
    float[] levels = new float[CODES];
    for (int code = 0; code < CODES; code++) {
      double f = 2.0 * code / MU - 1;
      levels[code] = (float) (Math.signum(f) * Math.expm1(Math.abs(f) * Math.log1p(MU)) / MU);
    }
    return levels;
  }
}
