package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;

/**
 * WaveNet: the logits of every symbol of a sequence given the symbols before it and, if it was
 * built so, features of the moment and the sequence's class.
 *
 * <p>van den Oord et al. 2016, <a href="https://arxiv.org/abs/1609.03499">paper</a>: the layers of
 * {@link WaveNetLayer}, then the {@link Head}. Its data type is that of its parameters.
 */
public final class WaveNet {
  private final int features;
  private final int classes;
  private final CodeInput input;
  private final WaveNetStack stack;
  private final Buffers buffers = new Buffers();
  private @Nullable Forward last;

  /** What the backward pass needs of the last forward pass. */
  private record Forward(StackPass pass, INDArray x, INDArray logits) {}

  /**
   * Makes the network.
   *
   * @param scope where it stands: names its parameters
   * @param alphabet of its sequences
   * @param features the length of the vectors of features, 0 for none
   * @param classes the number of classes to condition on, 0 for none
   */
  public WaveNet(
      Scope scope,
      Kernels kernels,
      WaveNetSettings settings,
      Alphabet alphabet,
      int features,
      int classes) {
    this.features = features;
    this.classes = classes;
    input = new CodeInput(scope, kernels, alphabet, settings.channels());
    stack = new WaveNetStack(scope, kernels, settings, alphabet, features + classes);
  }

  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(input.table()));
    parameters.addAll(stack.parameters());
    return parameters;
  }

  /**
   * The logits of every step.
   *
   * @param symbols N sequences of T symbols, one after another
   * @param timeFeatures {@code [N, T', features]}, each vector for T / T' steps; null for none
   * @param labels the class of each sequence; empty for none
   * @return {@code [N * T, K]}, overwritten by the next call, and by {@link #backward}
   */
  public INDArray logits(
      int[] symbols, int sequences, @Nullable INDArray timeFeatures, int[] labels) {
    StackPass pass = pass(sequences, symbols.length / sequences, timeFeatures, labels);
    INDArray x = buffers.get("x", type(), pass.rows(), input.table().shape()[1]);
    input.forward(symbols, pass.layout(), x);
    INDArray logits = exampleMajor(stack.forward(x, pass), pass.layout());
    last = new Forward(pass, x, logits);
    return logits;
  }

  /**
   * Sets the gradient of every parameter.
   *
   * @param gradient dL/d logits, {@code [N * T, K]}; may be the array of the logits
   */
  public void backward(INDArray gradient) {
    Forward forward = requireNonNull(last, "backward before logits");
    INDArray dx = buffers.get("dx", type(), forward.x.shape());
    stack.backward(timeMajor(gradient, forward), dx, forward.pass);
    input.backward(dx, forward.pass.layout());
  }

  /** dL/d features of the last backward pass, {@code [N, T', features]}. */
  public INDArray featuresGradient() {
    StackPass pass = requireNonNull(last, "backward before logits").pass;
    Layout layout = pass.layout();
    INDArray gradient =
        buffers.get("dfeatures", type(), layout.sequences(), layout.frames(), features);
    return gradient.assign(features(pass.vectorsGradient(), layout));
  }

  /** The weights of the moment, for {@link WaveNetSampler}. */
  public WaveNetWeights export() {
    return WaveNetWeights.of(input, stack);
  }

  private StackPass pass(int sequences, int steps, @Nullable INDArray timeFeatures, int[] labels) {
    checkFeatures(sequences, steps, timeFeatures);
    checkLabels(sequences, labels);
    int frames = timeFeatures == null ? 1 : (int) timeFeatures.size(1);
    Layout layout = new Layout(sequences, steps, frames);
    long rows = layout.conditionRows();
    long conditions = Math.max(1, features + classes);
    INDArray vectors = buffers.get("vectors", type(), rows, conditions).assign(0);
    if (timeFeatures != null) {
      features(vectors, layout).assign(timeFeatures);
    }
    for (int row = 0; classes > 0 && row < rows; row++) {
      vectors.putScalar(row, features + labels[row % sequences], 1);
    }
    return new StackPass(
        layout,
        vectors,
        buffers.get("dvectors", type(), rows, conditions),
        buffers.get("ones", type(), 1, layout.rows()).assign(1));
  }

  private void checkFeatures(int sequences, int steps, @Nullable INDArray timeFeatures) {
    if ((timeFeatures == null) != (features == 0)
        || (timeFeatures != null
            && (timeFeatures.size(0) != sequences
                || timeFeatures.size(2) != features
                || steps % timeFeatures.size(1) != 0))) {
      throw new IllegalArgumentException(
          "features: expected %s for %d sequences of %d steps but was %s"
              .formatted(
                  features == 0 ? "none" : "[N, a divisor of T, " + features + "]",
                  sequences,
                  steps,
                  timeFeatures == null ? "none" : Arrays.toString(timeFeatures.shape())));
    }
  }

  private void checkLabels(int sequences, int[] labels) {
    if (classes > 0 && labels.length != sequences) {
      throw new IllegalArgumentException(
          "labels: expected the class of each of %d sequences but got %s"
              .formatted(sequences, labels.length == 0 ? "none" : labels.length));
    }
  }

  /** The features' part of time-major vectors, as {@code [N, T', features]}. */
  private INDArray features(INDArray vectors, Layout layout) {
    long width = vectors.size(1);
    return Nd4j.create(
        vectors.data(),
        new long[] {layout.sequences(), layout.frames(), features},
        new long[] {width, width * layout.sequences(), 1},
        vectors.offset(),
        'c');
  }

  /** Time-major rows, sequence after sequence; those of one sequence are so already. */
  private INDArray exampleMajor(INDArray rows, Layout layout) {
    if (layout.sequences() == 1) {
      return rows;
    }
    INDArray result = buffers.get("example-major", type(), rows.shape());
    bySequence(result, layout).assign(byStep(rows, layout));
    return result;
  }

  /** The reverse of {@link #exampleMajor}, in an array of its own: the stack keeps views of it. */
  private INDArray timeMajor(INDArray gradient, Forward forward) {
    Layout layout = forward.pass.layout();
    if (layout.sequences() == 1) {
      return gradient == forward.logits ? gradient : forward.logits.assign(gradient);
    }
    INDArray result = buffers.get("time-major", type(), forward.logits.shape());
    byStep(result, layout).assign(bySequence(gradient, layout));
    return result;
  }

  private static INDArray bySequence(INDArray rows, Layout layout) {
    return rows.reshape(layout.sequences(), layout.steps(), rows.size(1));
  }

  private static INDArray byStep(INDArray rows, Layout layout) {
    return rows.reshape(layout.steps(), layout.sequences(), rows.size(1)).permute(1, 0, 2);
  }

  private DataType type() {
    return input.table().value().dataType();
  }
}
