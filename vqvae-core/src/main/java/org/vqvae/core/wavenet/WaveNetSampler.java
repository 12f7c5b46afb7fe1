package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WaveNet one step at a time: each layer keeps its last d inputs in a ring, so a step costs the
 * same however long the sequences are. For one thread; weights may be shared.
 */
public final class WaveNetSampler {
  private final WaveNetWeights weights;
  private final int sequences;
  private final List<LayerState> layers = new ArrayList<>();
  private final float[][] x;
  private final float[][] skips;
  private final float[][] hidden;
  private final float[][] logits;
  private int step;

  /** One layer's ring {@code [d][N][R]} and what its gates start from, {@code [N][2R]}. */
  private record LayerState(
      WaveNetWeights.Layer layer, float[][][] ring, float[][] start, float[][] a, float[][] z) {}

  /** Starts sequences of which no code is known yet; not conditioned until {@link #condition}. */
  public WaveNetSampler(WaveNetWeights weights, int sequences) {
    this.weights = weights;
    this.sequences = sequences;
    int channels = weights.embedding[0].length;
    for (WaveNetWeights.Layer layer : weights.layers) {
      layers.add(
          new LayerState(
              layer,
              new float[layer.dilation()][sequences][channels],
              repeat(layer.bias()),
              new float[sequences][2 * channels],
              new float[sequences][channels]));
    }
    x = new float[sequences][channels];
    skips = new float[sequences][weights.skipBias.length];
    hidden = new float[sequences][weights.hiddenBias.length];
    logits = new float[sequences][weights.outputBias.length];
  }

  private float[][] repeat(float[] row) {
    float[][] rows = new float[sequences][];
    for (int n = 0; n < sequences; n++) {
      rows[n] = row.clone();
    }
    return rows;
  }

  /**
   * Sets what the gates are conditioned on from the next step on.
   *
   * @param conditions c of each sequence: features, then the one-hot class
   */
  public void condition(float[][] conditions) {
    for (LayerState state : layers) {
      copy(state.layer.bias(), state.start);
      Products.add(conditions, state.layer.condition(), state.start);
    }
  }

  /**
   * Computes the logits of the next step, given all accepted codes; once for each step.
   *
   * @return {@code [N][K]}, valid until the next call
   */
  public float[][] next() {
    copy(weights.skipBias, skips);
    for (LayerState state : layers) {
      pass(state);
    }
    copy(weights.hiddenBias, hidden);
    relu(skips);
    Products.add(skips, weights.hidden, hidden);
    relu(hidden);
    copy(weights.outputBias, logits);
    Products.add(hidden, weights.output, logits);
    return logits;
  }

  /** One layer of {@link WaveNetLayer}'s equations, from x to x' in place. */
  private void pass(LayerState state) {
    float[][] oldest = state.ring[step % state.ring.length];
    for (int n = 0; n < sequences; n++) {
      System.arraycopy(state.start[n], 0, state.a[n], 0, state.a[n].length);
    }
    Products.add(oldest, state.layer.past(), state.a);
    Products.add(x, state.layer.present(), state.a);
    for (int n = 0; n < sequences; n++) {
      Activations.gate(state.a[n], state.z[n]);
      System.arraycopy(x[n], 0, oldest[n], 0, x[n].length);
    }
    Products.add(state.z, state.layer.skip(), skips);
    addResidual(state);
  }

  private void addResidual(LayerState state) {
    float @Nullable [][] residual = state.layer.residual();
    float @Nullable [] bias = state.layer.residualBias();
    if (residual == null || bias == null) {
      return;
    }
    for (float[] row : x) {
      for (int i = 0; i < row.length; i++) {
        row[i] += bias[i];
      }
    }
    Products.add(state.z, residual, x);
  }

  /** Fixes the codes of the step that {@link #next} was about, one for each sequence. */
  public void accept(int[] codes) {
    for (int n = 0; n < sequences; n++) {
      float[] row = weights.embedding[codes[n]];
      System.arraycopy(row, 0, x[n], 0, row.length);
    }
    step++;
  }

  private static void relu(float[][] rows) {
    for (float[] row : rows) {
      Activations.relu(row);
    }
  }

  private static void copy(float[] row, float[][] rows) {
    for (float[] to : rows) {
      System.arraycopy(row, 0, to, 0, row.length);
    }
  }
}
