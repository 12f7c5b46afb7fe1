package org.vqvae.audio.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.FloatArrays;

/** Arrays of sounds as sounds. */
final class Waves {
  private Waves() {}

  /** The N sounds of {@code [N, T, 1]}. */
  static List<float[]> of(INDArray batch) {
    int[] whole = new int[(int) batch.size(0)];
    Arrays.fill(whole, (int) batch.size(1));
    return of(batch, whole);
  }

  /** The N sounds of {@code [N, T, 1]}, each as long as it is data. */
  static List<float[]> of(INDArray batch, int[] positions) {
    int length = (int) batch.size(1);
    float[] all = FloatArrays.read(batch);
    return IntStream.range(0, positions.length)
        .mapToObj(i -> Arrays.copyOfRange(all, i * length, i * length + positions[i]))
        .toList();
  }
}
