package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;

/**
 * WaveNet: the logits of every code of a sequence given the codes before it and, if it was built
 * so, features of the moment and the sequence's class.
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
  private @Nullable Pass pass;

  /** What the backward pass needs of the last forward pass. */
  private record Pass(Context context, INDArray x, INDArray logits) {}

  /**
   * Makes the network.
   *
   * @param name the beginning of its parameters' names
   * @param alphabet of its sequences
   * @param features the length of the vectors of features, 0 for none
   * @param classes the number of classes to condition on, 0 for none
   */
  public WaveNet(
      String name,
      Kernels kernels,
      WaveNetSettings settings,
      Alphabet alphabet,
      int features,
      int classes) {
    this.features = features;
    this.classes = classes;
    input = new CodeInput(kernels, name, alphabet, settings.channels());
    stack = new WaveNetStack(kernels, name, settings, alphabet, features + classes);
  }

  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(input.table()));
    parameters.addAll(stack.parameters());
    return parameters;
  }

  /**
   * The logits of every step.
   *
   * @param codes N sequences of T codes, one after another
   * @param timeFeatures {@code [N, T', features]}, each vector for T / T' steps; null for none
   * @param labels the class of each sequence; null for none
   * @return {@code [N * T, K]}, overwritten by the next call, and by {@link #backward}
   */
  public INDArray logits(
      int[] codes, int sequences, @Nullable INDArray timeFeatures, int @Nullable [] labels) {
    Context context = context(sequences, codes.length / sequences, timeFeatures, labels);
    DataType type = type();
    long rows = context.rows();
    INDArray x = buffers.get("x", type, rows, input.table().shape()[1]);
    input.forward(codes, context.layout(), x);
    INDArray logits = exampleMajor(stack.forward(x, context), context.layout());
    pass = new Pass(context, x, logits);
    return logits;
  }

  /**
   * Sets the gradient of every parameter.
   *
   * @param gradient dL/d logits, {@code [N * T, K]}; may be the array of the logits
   */
  public void backward(INDArray gradient) {
    Pass last = requireNonNull(pass, "backward before logits");
    Context context = last.context;
    INDArray dx = buffers.get("dx", type(), last.x.shape());
    stack.backward(timeMajor(gradient, last), dx, context);
    input.backward(dx, context.layout());
  }

  /** dL/d features of the last backward pass, {@code [N, T', features]}. */
  public INDArray featuresGradient() {
    Context context = requireNonNull(pass, "backward before logits").context;
    Layout layout = context.layout();
    INDArray gradient =
        buffers.get("dfeatures", type(), layout.sequences(), layout.stretches(), features);
    return gradient.assign(features(context.vectorsGradient(), layout));
  }

  /** The weights of the moment, for {@link WaveNetSampler}. */
  public WaveNetWeights export() {
    return WaveNetWeights.of(input, stack);
  }

  private Context context(
      int sequences, int steps, @Nullable INDArray timeFeatures, int @Nullable [] labels) {
    int stretches = timeFeatures == null ? 1 : (int) timeFeatures.size(1);
    check(sequences, steps, timeFeatures, labels);
    Layout layout = new Layout(sequences, steps, stretches);
    long rows = layout.conditionRows();
    long conditions = Math.max(1, features + classes);
    INDArray vectors = buffers.get("vectors", type(), rows, conditions).assign(0);
    if (timeFeatures != null) {
      features(vectors, layout).assign(timeFeatures);
    }
    for (int row = 0; labels != null && classes > 0 && row < rows; row++) {
      vectors.putScalar(row, features + labels[row % sequences], 1);
    }
    return new Context(
        layout,
        vectors,
        buffers.get("dvectors", type(), rows, conditions),
        buffers.get("ones", type(), 1, layout.rows()).assign(1));
  }

  private void check(
      int sequences, int steps, @Nullable INDArray timeFeatures, int @Nullable [] labels) {
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
    if (classes > 0 && (labels == null || labels.length != sequences)) {
      throw new IllegalArgumentException(
          "labels: expected the class of each of %d sequences but got %s"
              .formatted(sequences, labels == null ? "none" : labels.length));
    }
  }

  /** The features' part of time-major vectors, as {@code [N, T', features]}. */
  private INDArray features(INDArray vectors, Layout layout) {
    long width = vectors.size(1);
    return Nd4j.create(
        vectors.data(),
        new long[] {layout.sequences(), layout.stretches(), features},
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
  private INDArray timeMajor(INDArray gradient, Pass last) {
    Layout layout = last.context.layout();
    if (layout.sequences() == 1) {
      return gradient == last.logits ? gradient : last.logits.assign(gradient);
    }
    INDArray result = buffers.get("time-major", type(), last.logits.shape());
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
