package org.vqvae.core.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.Convolution;
import org.vqvae.core.kernel.ConvolutionSpec;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;

/**
 * A convolution or transposed convolution with bias, with or without a ReLU behind it: {@code [N,
 * H, W, inChannels]} to {@code [N, H', W', outChannels]}. Sound goes through it as pictures of
 * height 1.
 *
 * <p>Its weights are {@code name/w}, {@code [kernelHeight, kernelWidth, in, out]} (transposed:
 * {@code [..., out, in]}), and {@code name/b}, {@code [out]}.
 */
public final class Conv2d implements Block {
  private final Kernels kernels;
  private final Direction direction;
  private final int inChannels;
  private final int outChannels;
  private final Window window;
  private final Epilogue epilogue;
  private final Parameter w;
  private final Parameter b;
  private final Buffers buffers = new Buffers();
  private final Map<ConvolutionSpec, Convolution> prepared = new HashMap<>();
  private @Nullable Pass last;

  private enum Direction {
    FORWARD {
      @Override
      Convolution prepare(Kernels kernels, ConvolutionSpec spec) {
        return kernels.convolution(spec);
      }

      @Override
      long[] outShape(ConvolutionSpec spec) {
        return new long[] {spec.batch(), spec.outHeight(), spec.outWidth(), spec.outChannels()};
      }
    },
    TRANSPOSED {
      @Override
      Convolution prepare(Kernels kernels, ConvolutionSpec spec) {
        return kernels.transposedConvolution(spec);
      }

      @Override
      long[] outShape(ConvolutionSpec spec) {
        return new long[] {
          spec.batch(), spec.transposedOutHeight(), spec.transposedOutWidth(), spec.outChannels()
        };
      }
    };

    abstract Convolution prepare(Kernels kernels, ConvolutionSpec spec);

    abstract long[] outShape(ConvolutionSpec spec);
  }

  /** What the backward pass needs of a forward pass. */
  private record Pass(Convolution convolution, INDArray x, INDArray y) {}

  private Conv2d(
      Kernels kernels,
      Direction direction,
      Window window,
      Epilogue epilogue,
      int inChannels,
      Parameter w,
      Parameter b) {
    this.kernels = kernels;
    this.direction = direction;
    this.window = window;
    this.epilogue = epilogue;
    this.inChannels = inChannels;
    this.outChannels = Math.toIntExact(b.length());
    this.w = w;
    this.b = b;
  }

  public static Conv2d convolution(String name, Kernels kernels, int in, int out, Window window) {
    return of(name, kernels, Direction.FORWARD, in, out, window, in, out);
  }

  public static Conv2d transposed(String name, Kernels kernels, int in, int out, Window window) {
    return of(name, kernels, Direction.TRANSPOSED, in, out, window, out, in);
  }

  private static Conv2d of(
      String name,
      Kernels kernels,
      Direction direction,
      int in,
      int out,
      Window window,
      int rows,
      int columns) {
    int height = window.kernelHeight();
    int width = window.kernelWidth();
    Parameter w =
        Parameter.learned(
            name + "/w",
            Initializers.fanIn((long) height * width * in),
            height,
            width,
            rows,
            columns);
    Parameter b = Parameter.learned(name + "/b", Initializers.zeros(), out);
    return new Conv2d(kernels, direction, window, Epilogue.NONE, in, w, b);
  }

  /** This layer with a ReLU behind it, computed in the same pass. */
  public Conv2d thenRelu() {
    return new Conv2d(kernels, direction, window, Epilogue.RELU, inChannels, w, b);
  }

  /**
   * This layer as the last of a residual branch: its output is added to what {@link #addTo} is
   * given.
   */
  Conv2d thenAdd() {
    return new Conv2d(kernels, direction, window, Epilogue.ADD, inChannels, w, b);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(w, b);
  }

  @Override
  public INDArray forward(INDArray x, Phase phase) {
    ConvolutionSpec spec = spec(x);
    INDArray y = buffers.get("y", x.dataType(), direction.outShape(spec));
    return run(spec, x, y);
  }

  /** {@code y += conv(x)}, for a layer made by {@link #thenAdd}. */
  INDArray addTo(INDArray x, INDArray y) {
    return run(spec(x), x, y);
  }

  private INDArray run(ConvolutionSpec spec, INDArray x, INDArray y) {
    Convolution convolution =
        prepared.computeIfAbsent(spec, key -> direction.prepare(kernels, key));
    convolution.forward(x, w.value(), b.value(), y);
    last = new Pass(convolution, x, y);
    return y;
  }

  @Override
  public INDArray backward(INDArray gradient) {
    backwardParametersOnly(gradient);
    Pass pass = lastPass();
    INDArray xGradient = buffers.get("dx", pass.x.dataType(), pass.x.shape());
    pass.convolution.backwardData(gradient, w.value(), xGradient);
    return xGradient;
  }

  @Override
  public void backwardParametersOnly(INDArray gradient) {
    Pass pass = lastPass();
    if (epilogue == Epilogue.RELU) {
      kernels.reluGradient(pass.y, gradient);
    }
    pass.convolution.backwardWeights(pass.x, gradient, w.gradient(), b.gradient());
  }

  private Pass lastPass() {
    if (last == null) {
      throw new IllegalStateException(w.name() + ": backward needs a forward pass first");
    }
    return last;
  }

  private ConvolutionSpec spec(INDArray x) {
    if (x.rank() != 4 || x.size(3) != inChannels) {
      throw new IllegalArgumentException(
          "%s: expected [N, H, W, %d] but was %s"
              .formatted(w.name(), inChannels, Arrays.toString(x.shape())));
    }
    DataType type = x.dataType();
    return new ConvolutionSpec(
        type,
        (int) x.size(0),
        (int) x.size(1),
        (int) x.size(2),
        inChannels,
        outChannels,
        window,
        epilogue);
  }
}
