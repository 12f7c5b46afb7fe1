package org.vqvae.core.kernel;

import static org.vqvae.core.kernel.Views.half;
import static org.vqvae.core.kernel.Views.rows;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.reduce.same.Min;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterUpdate;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Kernels made of libnd4j's operations, FLOAT and DOUBLE, on whatever backend ND4J runs. */
public final class NativeKernels implements Kernels {
  private final @Nullable Workers workers;
  private @Nullable NearestRows nearest;

  public NativeKernels() {
    this(null);
  }

  /**
   * Kernels of a worker.
   *
   * @param workers who share its computations; null: nobody
   */
  NativeKernels(@Nullable Workers workers) {
    this.workers = workers;
  }

  @Override
  public Workers workers() {
    return workers == null ? Workers.of(this) : workers;
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public Convolution convolution(ConvolutionSpec spec) {
    requireSupported(spec);
    return new NativeConvolution(this, map(spec), ConvolutionShapes.of(spec), spec.epilogue());
  }

  @Override
  public Convolution transposedConvolution(ConvolutionSpec spec) {
    requireSupported(spec);
    ConvolutionShapes shapes = ConvolutionShapes.ofTransposed(spec);
    ConvolutionSpec adjoint =
        new ConvolutionSpec(
            spec.type(),
            spec.batch(),
            spec.transposedOutHeight(),
            spec.transposedOutWidth(),
            spec.outChannels(),
            spec.inChannels(),
            spec.window(),
            spec.epilogue());
    return new NativeConvolution(this, map(adjoint).transposed(), shapes, spec.epilogue());
  }

  private LinearMap map(ConvolutionSpec spec) {
    ConvolutionShapes.of(spec);
    if (OpMap.supports(spec)) {
      return new OpMap(spec);
    }
    ConvolutionSpec framed = PaddedMap.frameSpec(spec);
    return new PaddedMap(
        spec, OpMap.supports(framed) ? new OpMap(framed) : new TapMap(this, framed));
  }

  private static void requireSupported(ConvolutionSpec spec) {
    if (spec.type() != DataType.FLOAT && spec.type() != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          ("kernels \"native\" compute in FLOAT or DOUBLE but %s was asked for; choose FLOAT, or"
                  + " kernels \"onednn\" for BFLOAT16")
              .formatted(spec.type()));
    }
  }

  @Override
  public void matMul(INDArray a, INDArray b, INDArray c) {
    product(a, b, c, 0);
  }

  @Override
  public void addMatMul(INDArray a, INDArray b, INDArray c) {
    product(a, b, c, 1);
  }

  private static void product(INDArray a, INDArray b, INDArray c, double beta) {
    Operands.requireProduct(a, b, c);
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a, b)
            .addOutputs(c)
            .addFloatingPointArguments(1.0, beta)
            .build());
  }

  @Override
  public void affine(INDArray x, INDArray w, INDArray b, INDArray y) {
    Operands.requireAffine(x, w, b, y);
    matMul(x, w, y);
    y.addiRowVector(b.reshape(1, b.length()));
  }

  @Override
  public void affine(
      INDArray x, INDArray w, INDArray b, INDArray plus, Activation activation, INDArray y) {
    Operands.requireAffine(x, w, b, plus, y);
    if (plus != y) {
      y.assign(plus);
    }
    addMatMul(x, w, y);
    y.addiRowVector(b.reshape(1, b.length()));
    switch (activation) {
      case IDENTITY -> {}
      case TANH -> Transforms.tanh(y, false);
      case SIGMOID -> Transforms.sigmoid(y, false);
    }
  }

  @Override
  public void relu(INDArray x, INDArray y) {
    Operands.requireContiguous("x", x);
    Operands.requireLike("y", y, x);
    Nd4j.exec(new RectifiedLinear(x, y));
  }

  @Override
  public void reluGradient(INDArray y, INDArray gradient) {
    Operands.requireContiguous("y", y);
    Operands.requireLike("gradient", gradient, y);
    // relu_bp does the same in one pass, but many times slower
    try (INDArray passes = Nd4j.createUninitialized(y.dataType(), y.shape())) {
      Nd4j.exec(new Step(y, passes));
      gradient.muli(passes);
    }
  }

  @Override
  public void clear(INDArray y) {
    Operands.requireContiguous("y", y);
    y.assign(0);
  }

  @Override
  public void add(INDArray x, INDArray y) {
    Operands.requireContiguous("x", x);
    Operands.requireLike("y", y, x);
    y.addi(x);
  }

  @Override
  @SuppressWarnings("deprecation") // the one addition to rows that is right where rows repeat
  public void addRows(INDArray x, int[] rows, INDArray y) {
    Operands.requireRows(x, rows, y);
    INDArray indices = Nd4j.createFromArray(rows);
    try {
      Nd4j.scatterUpdate(ScatterUpdate.UpdateOp.ADD, y, indices, x, 1);
    } finally {
      Reference.reachabilityFence(indices);
    }
  }

  @Override
  public void gatherRows(INDArray x, int[] rows, INDArray y) {
    Operands.requireGather(x, rows, y);
    Nd4j.pullRows(x, y, 1, rows);
  }

  @Override
  public int[] nearestRows(INDArray x, INDArray table) {
    Operands.requireSearch(x, table);
    if (nearest == null) {
      nearest = new NearestRows(this);
    }
    return nearest.of(x, table);
  }

  @Override
  public void gate(INDArray x, INDArray y) {
    Operands.requireHalves("x", x, "y", y);
    INDArray out = rows(y);
    out.assign(half(x, 0));
    Transforms.tanh(out, false);
    try (INDArray gate = Transforms.sigmoid(half(x, 1).dup('c'), false)) {
      out.muli(gate);
    }
  }

  /**
   * With t = tanh(first), s = sigmoid(second): {@code dy s (1 - t^2)} and {@code dy t s (1 - s)}.
   */
  @Override
  public void gateGradient(INDArray x, INDArray yGradient, INDArray xGradient) {
    Operands.requireHalves("x", x, "yGradient", yGradient);
    Operands.requireLike("xGradient", xGradient, x);
    INDArray dy = rows(yGradient);
    try (INDArray t = Transforms.tanh(half(x, 0).dup('c'), false);
        INDArray s = Transforms.sigmoid(half(x, 1).dup('c'), false);
        INDArray first = t.mul(t).rsubi(1).muli(s).muli(dy);
        INDArray second = s.rsub(1).muli(s).muli(t).muli(dy)) {
      half(xGradient, 0).assign(first);
      half(xGradient, 1).assign(second);
    }
  }

  @Override
  public void gate(INDArray t, INDArray s, INDArray y) {
    Operands.requireGate(t, s, "y", y);
    y.assign(t).muli(s);
  }

  /** With q = dy s and p = q t: {@code q - p t} and {@code p - p s}. */
  @Override
  public void gateGradientInPlace(INDArray t, INDArray s, INDArray yGradient) {
    Operands.requireGate(t, s, "yGradient", yGradient);
    try (INDArray q = yGradient.mul(s);
        INDArray p = q.mul(t)) {
      t.muli(p).rsubi(q);
      s.muli(p).rsubi(p);
    }
  }

  /** libnd4j's own log_softmax takes the logarithm of 0 where a logit is far below the largest. */
  @Override
  public void logSoftmax(INDArray x, INDArray y) {
    Operands.requireContiguous("x", x);
    Operands.requireLike("y", y, x);
    INDArray out = rows(y).assign(rows(x));
    try (INDArray largest = out.max(true, 1)) {
      out.subiColumnVector(largest);
    }
    try (INDArray exponentials = Transforms.exp(out, true);
        INDArray sum = exponentials.sum(true, 1)) {
      out.subiColumnVector(Transforms.log(sum, false));
    }
  }

  @Override
  public double crossEntropy(INDArray logits, int[] classes) {
    Operands.requireClasses("logits", logits, classes);
    logSoftmax(logits, logits);
    double sum = 0;
    for (int row = 0; row < classes.length; row++) {
      sum -= logits.getDouble(row, classes[row]);
    }
    return sum;
  }

  @Override
  public void crossEntropyGradient(INDArray logProbabilities, int[] classes, int total) {
    Operands.requireClasses("logProbabilities", logProbabilities, classes);
    Transforms.exp(logProbabilities, false);
    for (int row = 0; row < classes.length; row++) {
      double probability = logProbabilities.getDouble(row, classes[row]);
      logProbabilities.putScalar(row, classes[row], probability - 1);
    }
    logProbabilities.divi(total);
  }

  @Override
  public void rowMinima(INDArray x, INDArray y) {
    Operands.requireRows("x", x, "y", y);
    Nd4j.exec(new Min(rows(x), y, 1));
  }

  /** Nothing to free: ND4J owns every array. */
  @Override
  public void close() {}
}
