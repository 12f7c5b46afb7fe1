package org.vqvae.core.kernel;

import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.IncompatibleException;

/**
 * Kernels that call oneDNN 3 on the buffers of ND4J's CPU arrays, in FLOAT or with BFLOAT16
 * activations.
 *
 * <p>A BFLOAT16 convolution has FLOAT weights, bias and gradients of them: the optimizer needs
 * their precision.
 */
public final class OneDnnKernels implements Kernels {
  private static final int TASKS_KEPT = 256;

  private final DataType activations;
  private final OneDnn dnn;
  private final CpuFeatures cpu;
  private final LruCache<Primitives.Key, Task> tasks = new LruCache<>(TASKS_KEPT);
  private final LruCache<GateKey, Gate> gates = new LruCache<>(16);
  private final LruCache<Long, HalvesGate> halvesGates = new LruCache<>(16);

  private final @Nullable Workers workers;
  private @Nullable NearestRows nearest;
  private boolean closed;

  private record GateKey(DataType type, long rows, long channels) {}

  /**
   * Fails with a {@link LinkageError} where oneDNN has no natives: {@link KernelsFactory} knows.
   */
  public OneDnnKernels() {
    this(DataType.FLOAT);
  }

  /**
   * Kernels for networks with activations of that type.
   *
   * @param activations FLOAT or BFLOAT16
   */
  public OneDnnKernels(DataType activations) {
    this(activations, null);
  }

  /**
   * Kernels of a worker.
   *
   * @param workers who share its computations; null: nobody
   */
  OneDnnKernels(DataType activations, @Nullable Workers workers) {
    this.activations = activations;
    this.workers = workers;
    cpu = CpuFeatures.current();
    dnn = new OneDnn();
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public DataType activations() {
    return activations;
  }

  @Override
  public Workers workers() {
    return workers == null ? Workers.of(this) : workers;
  }

  @Override
  public void beginParts() {
    dnn.beginParts();
  }

  @Override
  public void endParts() {
    dnn.endParts();
  }

  @Override
  public Convolution convolution(ConvolutionSpec spec) {
    requireSupported(spec.type());
    return cut(new Cuts(spec, false), ConvolutionShapes.of(spec), OneDnnKernels::direct);
  }

  @Override
  public Convolution transposedConvolution(ConvolutionSpec spec) {
    requireSupported(spec.type());
    return cut(
        new Cuts(spec, true), ConvolutionShapes.ofTransposed(spec), OneDnnKernels::transposed);
  }

  /** Prepares a convolution, whole or a piece, with these kernels alone. */
  private interface Maker {
    Convolution of(OneDnnKernels kernels, ConvolutionSpec spec);
  }

  private Convolution cut(Cuts cuts, ConvolutionShapes shapes, Maker maker) {
    Convolution whole = maker.of(this, cuts.spec());
    if (workers == null || !cuts.areWorthIt()) {
      return whole;
    }
    return new CutConvolution(
        workers,
        whole,
        cuts,
        shapes,
        worker -> spec -> maker.of((OneDnnKernels) workers.kernels(worker), spec));
  }

  private Convolution direct(ConvolutionSpec spec) {
    ConvolutionShapes shapes = ConvolutionShapes.of(spec);
    Convolution plain =
        new OneDnnConvolution(dnn, spec, shapes, descs -> new DirectPrimitives(descs, shapes.w()));
    return HalvingConvolution.fits(spec) ? new HalvingConvolution(dnn, spec, shapes, plain) : plain;
  }

  private Convolution transposed(ConvolutionSpec spec) {
    ConvolutionShapes shapes = ConvolutionShapes.ofTransposed(spec);
    return new OneDnnConvolution(
        dnn, spec, shapes, descs -> new TransposedPrimitives(descs, shapes.w()));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("these kernels are closed");
    }
  }

  private void requireSupported(DataType type) {
    requireOpen();
    OneDnn.type(type);
    if (type == DataType.BFLOAT16 && !cpu.hasBfloat16()) {
      throw new IncompatibleException(
          "BFLOAT16 needs avx512_core_bf16 or AMX but this processor has %s; choose FLOAT"
              .formatted(cpu.name()));
    }
  }

  @Override
  public void matMul(INDArray a, INDArray b, INDArray c) {
    Operands.requireProduct(a, b, c);
    task(Primitives.Product.of(a, b, c, Primitives.Plus.NOTHING)).run(a, b, c);
  }

  @Override
  public void addMatMul(INDArray a, INDArray b, INDArray c) {
    Operands.requireProduct(a, b, c);
    task(Primitives.Product.of(a, b, c, Primitives.Plus.RESULT)).run(a, b, c);
  }

  @Override
  public void affine(INDArray x, INDArray w, INDArray b, INDArray y) {
    Operands.requireAffine(x, w, b, y);
    Operands.requireType("x", x, DataType.FLOAT);
    task(Primitives.Affine.of(x, w, y, Primitives.Plus.NOTHING, Activation.IDENTITY))
        .run(x, w, y, b);
  }

  @Override
  public void affine(
      INDArray x, INDArray w, INDArray b, INDArray plus, Activation activation, INDArray y) {
    Operands.requireAffine(x, w, b, plus, y);
    Operands.requireType("x", x, DataType.FLOAT);
    if (plus == y) {
      task(Primitives.Affine.of(x, w, y, Primitives.Plus.RESULT, activation)).run(x, w, y, b);
    } else {
      task(Primitives.Affine.of(x, w, y, Primitives.Plus.OTHER, activation)).run(x, w, y, b, plus);
    }
  }

  @Override
  public void relu(INDArray x, INDArray y) {
    Operands.requireContiguous("x", x);
    Operands.requireLike("y", y, x);
    task(new Primitives.Relu(x.dataType(), x.length())).run(x, y);
  }

  @Override
  public void reluGradient(INDArray y, INDArray gradient) {
    Operands.requireContiguous("y", y);
    Operands.requireLike("gradient", gradient, y);
    task(new Primitives.ReluGradient(y.dataType(), y.length())).run(y, gradient, gradient);
  }

  @Override
  public void clear(INDArray y) {
    Operands.requireContiguous("y", y);
    Task.clear(y);
  }

  @Override
  public void add(INDArray x, INDArray y) {
    Operands.requireContiguous("x", x);
    Operands.requireLike("y", y, x);
    task(new Primitives.Add(x.dataType(), x.length())).run(y, x, y);
  }

  /** In plain Java: oneDNN has nothing of the kind. */
  @Override
  public void addRows(INDArray x, int[] rows, INDArray y) {
    Operands.requireRows(x, rows, y);
    Operands.requireType("x", x, DataType.FLOAT);
    Rows.add(x, rows, y);
  }

  @Override
  public void gatherRows(INDArray x, int[] rows, INDArray y) {
    Operands.requireGather(x, rows, y);
    Operands.requireType("x", x, DataType.FLOAT);
    Rows.gather(x, rows, y);
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
    gateOf(y).forward(x, y);
  }

  @Override
  public void gateGradient(INDArray x, INDArray yGradient, INDArray xGradient) {
    Operands.requireHalves("x", x, "yGradient", yGradient);
    Operands.requireLike("xGradient", xGradient, x);
    gateOf(yGradient).backward(x, yGradient, xGradient);
  }

  private Gate gateOf(INDArray y) {
    long channels = y.size(-1);
    return gates.get(
        new GateKey(y.dataType(), y.length() / channels, channels),
        key -> {
          requireSupported(key.type());
          return new Gate(dnn, key.type(), key.rows(), key.channels());
        });
  }

  @Override
  public void gate(INDArray t, INDArray s, INDArray y) {
    Operands.requireGate(t, s, "y", y);
    halvesGateOf(y).forward(t, s, y);
  }

  @Override
  public void gateGradientInPlace(INDArray t, INDArray s, INDArray yGradient) {
    Operands.requireGate(t, s, "yGradient", yGradient);
    halvesGateOf(yGradient).backward(t, s, yGradient);
  }

  private HalvesGate halvesGateOf(INDArray y) {
    Operands.requireType("y", y, DataType.FLOAT);
    return halvesGates.get(
        y.length(),
        length -> {
          requireSupported(DataType.FLOAT);
          return new HalvesGate(dnn, length);
        });
  }

  @Override
  public void logSoftmax(INDArray x, INDArray y) {
    Operands.requireContiguous("x", x);
    Operands.requireLike("y", y, x);
    long classes = x.size(-1);
    task(new Primitives.LogSoftmax(x.dataType(), x.length() / classes, classes)).run(x, y);
  }

  @Override
  public double crossEntropy(INDArray logits, int[] classes) {
    Operands.requireClasses("logits", logits, classes);
    Operands.requireType("logits", logits, DataType.FLOAT);
    logSoftmax(logits, logits);
    return -Rows.sumOfChosen(logits, classes);
  }

  @Override
  public void crossEntropyGradient(INDArray logProbabilities, int[] classes, int total) {
    Operands.requireClasses("logProbabilities", logProbabilities, classes);
    Operands.requireType("logProbabilities", logProbabilities, DataType.FLOAT);
    DataType type = logProbabilities.dataType();
    task(new Primitives.Exp(type, logProbabilities.length()))
        .run(logProbabilities, logProbabilities);
    Rows.subtractOneHot(logProbabilities, classes);
    logProbabilities.divi(total);
  }

  @Override
  public void rowMinima(INDArray x, INDArray y) {
    Operands.requireRows("x", x, "y", y);
    if (x.size(-1) == 1) { // no reduction to oneDNN, which refuses it
      y.assign(x.reshape(y.length()));
      return;
    }
    task(new Primitives.RowMinima(x.dataType(), y.length(), x.size(-1))).run(x, y);
  }

  private Task task(Primitives.Key key) {
    return tasks.get(key, this::make);
  }

  private Task make(Primitives.Key key) {
    requireSupported(key.type());
    try (PointerScope scope = new PointerScope()) {
      return key.make(dnn);
    }
  }

  /** Frees what is cached; prepared convolutions are closed by those who asked for them. */
  @Override
  public void close() {
    closed = true;
    tasks.close();
    gates.close();
    halvesGates.close();
    dnn.close();
  }
}
