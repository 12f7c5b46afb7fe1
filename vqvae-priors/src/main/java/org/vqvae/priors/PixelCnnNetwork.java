package org.vqvae.priors;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.priors.FeatureMap.Extent;
import org.vqvae.priors.GatedLayer.Place;
import org.vqvae.priors.GatedLayer.Stacks;

/**
 * The gated PixelCNN: embedded codes, gated layers, and a head that reads the horizontal stack,
 * {@code logits = W_2 relu(W_1 h)}. Its data type is that of its parameters.
 */
final class PixelCnnNetwork implements PriorNetwork {
  private final Kernels kernels;
  private final CodeShape shape;
  private final Grid grid;
  private final int classes;
  private final CodeEmbedding embedding;
  private final @Nullable CoarserEmbedding coarser;
  private final List<GatedLayer> layers = new ArrayList<>();
  private final CausalConvolution hidden;
  private final CausalConvolution output;
  private final Buffers buffers = new Buffers();
  private @Nullable Pass pass;

  /** What the backward pass needs of the last forward pass. */
  private record Pass(Extent extent, FeatureMap h, FeatureMap hidden) {}

  PixelCnnNetwork(
      Scope scope,
      Kernels kernels,
      PixelCnnPrior.Settings settings,
      CodeShape shape,
      Conditions conditions) {
    this.kernels = kernels;
    this.shape = shape;
    grid = shape.map(0).grid();
    classes = conditions.classes();
    coarser =
        CoarserEmbedding.of(scope, kernels, conditions, shape.map(0), settings.coarserFeatures());
    embedding = new CodeEmbedding(scope, kernels, shape.codebookSize(0), settings.channels());
    Buffers[] scratch = {new Buffers(), new Buffers()};
    for (int i = 0; i < settings.layers(); i++) {
      Place place = place(i, settings);
      layers.add(
          new GatedLayer(
              scope.child("layer" + i),
              kernels,
              place,
              settings.channels(),
              width(),
              scratch[i % 2]));
    }
    hidden =
        CausalConvolution.pointwise(
            scope.child("head/hidden"),
            kernels,
            Epilogue.RELU,
            1,
            settings.channels(),
            settings.headChannels());
    output =
        CausalConvolution.pointwise(
            scope.child("head/logits"),
            kernels,
            Epilogue.NONE,
            1,
            settings.headChannels(),
            shape.codebookSize(0));
  }

  /** The length of c: of the one-hot class and the features of coarser codes. */
  private int width() {
    return classes + (coarser == null ? 0 : coarser.features());
  }

  /**
   * The first layer's input is shifted, so its kernels are one row and one column short of the
   * others'.
   */
  private static Place place(int i, PixelCnnPrior.Settings settings) {
    int kernel = i == 0 ? settings.firstKernel() : settings.kernel();
    int rows = i == 0 ? kernel / 2 : kernel / 2 + 1;
    return new Place(i, settings.layers(), rows, kernel);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(embedding.table());
    layers.forEach(layer -> parameters.addAll(layer.parameters()));
    parameters.addAll(hidden.parameters());
    parameters.addAll(output.parameters());
    if (coarser != null) {
      parameters.add(coarser.table());
    }
    return parameters;
  }

  @Override
  public Logits logits(Codes codes, Condition condition, Phase phase) {
    Extent extent = extent(PriorArguments.examples(codes, shape));
    INDArray conditions = conditions(condition, extent.examples(), grid.positions());
    Stacks stacks = embedding.forward(codes.values(), extent);
    for (GatedLayer layer : layers) {
      stacks = layer.forward(extent, stacks, conditions);
    }
    FeatureMap h = stacks.horizontal();
    FeatureMap z = FeatureMap.of(buffers, "hidden", extent, hidden.outputs());
    FeatureMap logits = FeatureMap.of(buffers, "logits", extent, output.outputs());
    hidden.forward(h, z);
    output.forward(z, logits);
    pass = new Pass(extent, h, z);
    return Logits.of(logits.rows());
  }

  @Override
  public void backward(Logits gradient) {
    Pass last = requireNonNull(pass, "backward before logits");
    Extent extent = last.extent();
    FeatureMap dz = FeatureMap.of(buffers, "hidden gradient", extent, hidden.outputs());
    FeatureMap dh = FeatureMap.of(buffers, "h gradient", extent, (int) last.h().rows().size(1));
    output.backward(last.hidden(), map(gradient.only(), extent), dz);
    kernels.reluGradient(last.hidden().rows(), dz.rows());
    hidden.backward(last.h(), dz, dh);
    INDArray dConditions = newConditionsGradient(extent);
    Stacks stacks = new Stacks(null, dh);
    for (int i = layers.size() - 1; i >= 0; i--) {
      stacks = layers.get(i).backward(stacks, dConditions);
    }
    embedding.backward(stacks, extent);
    if (coarser != null && dConditions != null) {
      coarser.backward(features(dConditions).dup('c'));
    }
  }

  /** Zeros for dL/dc, null where nothing needs it. */
  private @Nullable INDArray newConditionsGradient(Extent extent) {
    return coarser == null
        ? null
        : buffers.get("conditions gradient", extent.type(), extent.rows(), width()).assign(0);
  }

  /** The part of c that is features of coarser codes. */
  private INDArray features(INDArray conditions) {
    return Slices.columns(conditions, classes, width());
  }

  private static FeatureMap map(INDArray rows, Extent extent) {
    return new FeatureMap(
        rows.reshape(extent.examples(), extent.height(), extent.width(), rows.size(1)), rows);
  }

  private Extent extent(int examples) {
    DataType type = embedding.table().value().dataType();
    return new Extent(type, examples, grid.size(0), grid.size(1));
  }

  /** c of each row, {@code [rows, width]}; of no use, and small, if the width is 0. */
  private INDArray conditions(Condition condition, int examples, int rowsOfExample) {
    DataType type = embedding.table().value().dataType();
    int rows = examples * rowsOfExample;
    INDArray conditions = buffers.get("conditions", type, rows, Math.max(1, width())).assign(0);
    int[] labels = condition.labels("prior \"pixelcnn\"", examples, classes);
    for (int row = 0; classes > 0 && row < rows; row++) {
      conditions.putScalar(row, labels[row / rowsOfExample], 1);
    }
    if (coarser != null) {
      features(conditions).assign(coarser.forward(condition, examples));
    }
    return conditions;
  }

  @Override
  public CodeStream stream(int examples, Condition condition) {
    List<GatedLayerStream> streams = new ArrayList<>();
    for (GatedLayer layer : layers) {
      streams.add(layer.stream(grid.size(1), examples));
    }
    return new PixelCnnStream(
        kernels,
        shape,
        embedding,
        streams,
        new Affine(kernels, hidden, examples),
        new Affine(kernels, output, examples),
        streamConditions(condition, examples));
  }

  /** c of each example, which holds in all rows of the grid, or of each row of the grid. */
  private List<INDArray> streamConditions(Condition condition, int examples) {
    if (coarser == null) {
      return List.of(conditions(condition, examples, 1));
    }
    int height = grid.size(0);
    INDArray ofRows =
        conditions(condition, examples, grid.positions())
            .reshape(examples, height, grid.size(1), width())
            .permute(1, 2, 0, 3)
            .dup('c')
            .reshape(height, (long) grid.size(1) * examples, width());
    return List.of(Slices.all(ofRows));
  }
}
