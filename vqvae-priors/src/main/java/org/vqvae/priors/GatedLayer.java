package org.vqvae.priors;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.priors.FeatureMap.Extent;

/**
 * One layer of the gated PixelCNN: a vertical stack that sees all rows above, and a horizontal one
 * that sees its row to the left and, through a 1x1 link, the vertical stack. So no code before a
 * position is out of sight.
 *
 * <p>van den Oord et al. 2016, <a href="https://arxiv.org/abs/1606.05328">paper</a>, figure 2 and
 * eq. 2 and 4. With v and h the two stacks and {@code gate(x, y) = tanh(x) * sigmoid(y)}:
 *
 * <pre>
 * a  = W_v * v + V_v^T c           v' = gate(a)
 * b  = W_h * h + V_h^T c + L a     h' = h + O gate(b)      (the first layer: h' = O gate(b))
 * </pre>
 *
 * c is what the prior is conditioned on at a position, see {@link GateBias}.
 */
final class GatedLayer {
  private final Kernels kernels;
  private final Place place;
  private final int channels;
  private final Parts parts;
  private final Buffers own = new Buffers();
  private final Buffers scratch;
  private @Nullable Pass pass;

  /**
   * Where a layer stands, and what its kernels see.
   *
   * @param index from 0
   * @param layers how many there are
   * @param rows the rows that the vertical kernel sees, and the columns that the horizontal one
   *     sees
   * @param columns the columns that the vertical kernel sees
   */
  record Place(int index, int layers, int rows, int columns) {
    /**
     * By how much a gate shrinks what is small: {@code tanh(x) sigmoid(y)} is about {@code x / 2}.
     */
    private static final double GATE = 2;

    /** The first layer's h is the embedding, not yet a stack to add to. */
    boolean isResidual() {
      return index > 0;
    }

    /** Nothing reads v' of the last layer. */
    boolean feedsVertical() {
      return index + 1 < layers;
    }

    /** All but the first layer's vertical kernel read a gate's output. */
    double verticalGain() {
      return index == 0 ? 1 : GATE;
    }

    /** All layers together add as much variance to h as one layer would. */
    double outGain() {
      return GATE / Math.sqrt(layers);
    }
  }

  /**
   * Both stacks: features, or their gradients.
   *
   * @param vertical null after the last layer
   */
  record Stacks(@Nullable FeatureMap vertical, FeatureMap horizontal) {
    FeatureMap requireVertical() {
      return requireNonNull(vertical, "vertical");
    }
  }

  /** What has parameters: W_v, W_h, L, O, and both V. */
  record Parts(
      CausalConvolution vertical,
      GateBias verticalBias,
      CausalConvolution horizontal,
      GateBias horizontalBias,
      Parameter link,
      CausalConvolution out,
      boolean residual) {

    static Parts of(Scope scope, Kernels kernels, Place place, int channels, int conditions) {
      int gates = 2 * channels;
      return new Parts(
          CausalConvolution.vertical(
              scope.child("vertical"),
              kernels,
              place.rows(),
              place.columns(),
              place.verticalGain(),
              channels,
              gates),
          GateBias.of(scope.child("vertical"), kernels, conditions, gates),
          CausalConvolution.horizontal(
              scope.child("horizontal"), kernels, place.rows(), channels, gates),
          GateBias.of(scope.child("horizontal"), kernels, conditions, gates),
          // no bias: the horizontal convolution, to which the link adds, has one
          scope.learned("link/w", Initializers.fanIn(gates), gates, gates),
          CausalConvolution.pointwise(
              scope.child("out"), kernels, Epilogue.NONE, place.outGain(), channels, channels),
          place.isResidual());
    }

    List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>();
      parameters.addAll(vertical.parameters());
      parameters.addAll(verticalBias.parameters());
      parameters.addAll(horizontal.parameters());
      parameters.addAll(horizontalBias.parameters());
      parameters.add(link);
      parameters.addAll(out.parameters());
      return parameters;
    }
  }

  /** What the backward pass needs of the last forward pass. */
  private record Pass(
      Extent extent,
      INDArray conditions,
      FeatureMap v,
      FeatureMap h,
      FeatureMap a,
      FeatureMap b,
      FeatureMap gated) {}

  /**
   * Makes the layer.
   *
   * @param scope names the parameters
   * @param conditions the length of c; 0: not conditioned
   * @param scratch where gradients go; layers may share it if no two neighbours do
   */
  GatedLayer(
      Scope scope, Kernels kernels, Place place, int channels, int conditions, Buffers scratch) {
    this.kernels = kernels;
    this.place = place;
    this.channels = channels;
    this.scratch = scratch;
    parts = Parts.of(scope, kernels, place, channels, conditions);
  }

  List<Parameter> parameters() {
    return parts.parameters();
  }

  /** This layer for incremental sampling of rows of that many columns. */
  GatedLayerStream stream(int columns, int examples) {
    return new GatedLayerStream(kernels, parts, columns, examples);
  }

  /** The layer's outputs; {@code conditions} as in {@link GateBias}. */
  Stacks forward(Extent extent, Stacks input, INDArray conditions) {
    FeatureMap v = input.requireVertical();
    FeatureMap h = input.horizontal();
    FeatureMap a = FeatureMap.of(own, "a", extent, 2 * channels);
    FeatureMap b = FeatureMap.of(own, "b", extent, 2 * channels);
    FeatureMap gated = FeatureMap.of(own, "gated", extent, channels);
    FeatureMap newH = FeatureMap.of(own, "h", extent, channels);

    parts.vertical().forward(v, a);
    parts.verticalBias().addTo(a.rows(), conditions);

    parts.horizontal().forward(h, b);
    parts.horizontalBias().addTo(b.rows(), conditions);
    kernels.addMatMul(a.rows(), parts.link().value(), b.rows());

    kernels.gate(b.rows(), gated.rows());
    parts.out().forward(gated, newH);
    if (parts.residual()) {
      kernels.add(h.rows(), newH.rows());
    }
    pass = new Pass(extent, conditions, v, h, a, b, gated);
    return new Stacks(newV(extent, a), newH);
  }

  private @Nullable FeatureMap newV(Extent extent, FeatureMap a) {
    if (!place.feedsVertical()) {
      return null;
    }
    FeatureMap newV = FeatureMap.of(own, "v", extent, channels);
    kernels.gate(a.rows(), newV.rows());
    return newV;
  }

  /**
   * The gradient with respect to the layer's inputs; sets that of its parameters.
   *
   * @param conditionsGradient as in {@link GateBias}
   */
  Stacks backward(Stacks gradient, @Nullable INDArray conditionsGradient) {
    Pass last = requireNonNull(pass, "backward before forward");
    Extent extent = last.extent();
    FeatureMap dGated = FeatureMap.of(scratch, "gated", extent, channels);
    FeatureMap db = FeatureMap.of(scratch, "b", extent, 2 * channels);
    FeatureMap da = FeatureMap.of(scratch, "a", extent, 2 * channels);
    FeatureMap dh = FeatureMap.of(scratch, "h", extent, channels);
    FeatureMap dv = FeatureMap.of(scratch, "v", extent, channels);

    parts.out().backward(last.gated(), gradient.horizontal(), dGated);
    kernels.gateGradient(last.b().rows(), dGated.rows(), db.rows());

    kernels.matMul(last.a().rows().transpose(), db.rows(), parts.link().gradient());
    parts.horizontalBias().backward(db.rows(), last.conditions(), conditionsGradient);
    parts.horizontal().backward(last.h(), db, dh);
    if (parts.residual()) {
      kernels.add(gradient.horizontal().rows(), dh.rows());
    }

    aGradient(last, gradient.vertical(), db, da);
    parts.verticalBias().backward(da.rows(), last.conditions(), conditionsGradient);
    parts.vertical().backward(last.v(), da, dv);
    return new Stacks(dv, dh);
  }

  /** dL/da: through the gate, where a layer follows, and through the link. */
  private void aGradient(Pass last, @Nullable FeatureMap dNewV, FeatureMap db, FeatureMap da) {
    INDArray linkT = parts.link().value().transpose();
    if (dNewV == null) {
      kernels.matMul(db.rows(), linkT, da.rows());
    } else {
      kernels.gateGradient(last.a().rows(), dNewV.rows(), da.rows());
      kernels.addMatMul(db.rows(), linkT, da.rows());
    }
  }
}
