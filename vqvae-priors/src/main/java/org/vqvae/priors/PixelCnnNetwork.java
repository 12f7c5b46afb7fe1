package org.vqvae.priors;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
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
  private final CodeSpace space;
  private final int classes;
  private final CodeEmbedding embedding;
  private final List<GatedLayer> layers = new ArrayList<>();
  private final CausalConvolution hidden;
  private final CausalConvolution output;
  private final Buffers buffers = new Buffers();
  private @Nullable Pass pass;

  /** What the backward pass needs of the last forward pass. */
  private record Pass(Extent extent, FeatureMap h, FeatureMap hidden) {}

  PixelCnnNetwork(Kernels kernels, PixelCnnPrior.Settings settings, CodeSpace space, int classes) {
    this.kernels = kernels;
    this.space = space;
    this.classes = classes;
    embedding = new CodeEmbedding(space.codebookSize(), settings.channels());
    Buffers[] scratch = {new Buffers(), new Buffers()};
    for (int i = 0; i < settings.layers(); i++) {
      Place place = place(i, settings);
      layers.add(new GatedLayer(kernels, place, settings.channels(), classes, scratch[i % 2]));
    }
    hidden =
        CausalConvolution.pointwise(
            kernels, "head/hidden", Epilogue.RELU, 1, settings.channels(), settings.headChannels());
    output =
        CausalConvolution.pointwise(
            kernels,
            "head/logits",
            Epilogue.NONE,
            1,
            settings.headChannels(),
            space.codebookSize());
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
    return parameters;
  }

  @Override
  public INDArray logits(int[] codes, int @Nullable [] labels, Phase phase) {
    Extent extent = extent(CodeChecks.examples(codes, space));
    INDArray oneHot = oneHot(labels, extent.examples(), space.positions());
    Stacks stacks = embedding.forward(codes, extent);
    for (GatedLayer layer : layers) {
      stacks = layer.forward(extent, stacks, oneHot);
    }
    FeatureMap h = stacks.horizontal();
    FeatureMap z = FeatureMap.of(buffers, "hidden", extent, hidden.outputs());
    FeatureMap logits = FeatureMap.of(buffers, "logits", extent, output.outputs());
    hidden.forward(h, z);
    output.forward(z, logits);
    pass = new Pass(extent, h, z);
    return logits.rows();
  }

  @Override
  public void backward(INDArray gradient) {
    Pass last = requireNonNull(pass, "backward before logits");
    Extent extent = last.extent();
    FeatureMap dz = FeatureMap.of(buffers, "hidden gradient", extent, hidden.outputs());
    FeatureMap dh = FeatureMap.of(buffers, "h gradient", extent, (int) last.h().rows().size(1));
    output.backward(last.hidden(), map(gradient, extent), dz);
    kernels.reluGradient(last.hidden().rows(), dz.rows());
    hidden.backward(last.h(), dz, dh);
    Stacks stacks = new Stacks(null, dh);
    for (int i = layers.size() - 1; i >= 0; i--) {
      stacks = layers.get(i).backward(stacks);
    }
    embedding.backward(stacks, extent);
  }

  private static FeatureMap map(INDArray rows, Extent extent) {
    return new FeatureMap(
        rows.reshape(extent.examples(), extent.height(), extent.width(), rows.size(1)), rows);
  }

  private Extent extent(int examples) {
    DataType type = embedding.table().value().dataType();
    return new Extent(type, examples, space.grid().size(0), space.grid().size(1));
  }

  /** The class of each row, {@code [rows, classes]}; of no use, and small, without classes. */
  private INDArray oneHot(int @Nullable [] labels, int examples, int rowsOfExample) {
    DataType type = embedding.table().value().dataType();
    long rows = (long) examples * rowsOfExample;
    INDArray oneHot = buffers.get("classes", type, rows, Math.max(1, classes));
    if (classes > 0) {
      int[] known = CodeChecks.requireLabels(labels, examples, classes);
      oneHot.assign(0);
      for (int row = 0; row < rows; row++) {
        oneHot.putScalar(row, known[row / rowsOfExample], 1);
      }
    }
    return oneHot;
  }

  @Override
  public CodeStream stream(int examples, int @Nullable [] labels) {
    INDArray oneHot = oneHot(labels, examples, 1);
    List<GatedLayerStream> streams = new ArrayList<>();
    for (GatedLayer layer : layers) {
      streams.add(layer.stream(space.grid().size(1), oneHot));
    }
    return new PixelCnnStream(
        kernels,
        space,
        embedding,
        streams,
        new Affine(kernels, hidden, examples),
        new Affine(kernels, output, examples),
        examples);
  }
}
