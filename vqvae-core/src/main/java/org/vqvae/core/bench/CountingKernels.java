package org.vqvae.core.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Convolution;
import org.vqvae.core.kernel.ConvolutionSpec;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Workers;

/**
 * Kernels that count the floating-point operations of products and convolutions, two for each
 * multiplication and addition. Nothing else is counted, nor are taps that fall on padding left out.
 */
final class CountingKernels implements Kernels {
  private final Kernels kernels;
  private double operations;
  private @Nullable CountingWorkers workers;

  CountingKernels(Kernels kernels) {
    this.kernels = kernels;
  }

  /** Floating-point operations so far. */
  double operations() {
    return operations + (workers == null ? 0 : workers.operations());
  }

  @Override
  public String name() {
    return kernels.name();
  }

  @Override
  public DataType activations() {
    return kernels.activations();
  }

  @Override
  public Workers workers() {
    if (workers == null) {
      workers = new CountingWorkers(this, kernels.workers());
    }
    return workers;
  }

  @Override
  public Convolution convolution(ConvolutionSpec spec) {
    long positions = (long) spec.batch() * spec.outHeight() * spec.outWidth();
    return new Counted(kernels.convolution(spec), operations(spec, positions));
  }

  @Override
  public Convolution transposedConvolution(ConvolutionSpec spec) {
    long positions = (long) spec.batch() * spec.height() * spec.width();
    return new Counted(kernels.transposedConvolution(spec), operations(spec, positions));
  }

  /** Each direction of a convolution multiplies the same pairs. */
  private static double operations(ConvolutionSpec spec, long positions) {
    long taps = (long) spec.window().kernelHeight() * spec.window().kernelWidth();
    return 2.0 * positions * taps * spec.inChannels() * spec.outChannels();
  }

  @Override
  public void matMul(INDArray a, INDArray b, INDArray c) {
    kernels.matMul(a, b, c);
    countProduct(a, b);
  }

  @Override
  public void addMatMul(INDArray a, INDArray b, INDArray c) {
    kernels.addMatMul(a, b, c);
    countProduct(a, b);
  }

  @Override
  public void affine(INDArray x, INDArray w, INDArray b, INDArray y) {
    kernels.affine(x, w, b, y);
    countProduct(x, w);
  }

  @Override
  public void affine(
      INDArray x, INDArray w, INDArray b, INDArray plus, Activation activation, INDArray y) {
    kernels.affine(x, w, b, plus, activation, y);
    countProduct(x, w);
  }

  private void countProduct(INDArray a, INDArray b) {
    operations += 2.0 * a.size(0) * a.size(1) * b.size(1);
  }

  @Override
  public void relu(INDArray x, INDArray y) {
    kernels.relu(x, y);
  }

  @Override
  public void reluGradient(INDArray y, INDArray gradient) {
    kernels.reluGradient(y, gradient);
  }

  @Override
  public void clear(INDArray y) {
    kernels.clear(y);
  }

  @Override
  public void add(INDArray x, INDArray y) {
    kernels.add(x, y);
  }

  @Override
  public void addRows(INDArray x, int[] rows, INDArray y) {
    kernels.addRows(x, rows, y);
  }

  @Override
  public void gatherRows(INDArray x, int[] rows, INDArray y) {
    kernels.gatherRows(x, rows, y);
  }

  /** A product of x with the table and its norms. */
  @Override
  public int[] nearestRows(INDArray x, INDArray table) {
    int[] nearest = kernels.nearestRows(x, table);
    operations += 2.0 * x.size(0) * (x.size(1) + 1) * table.size(0);
    return nearest;
  }

  @Override
  public void gate(INDArray x, INDArray y) {
    kernels.gate(x, y);
  }

  @Override
  public void gateGradient(INDArray x, INDArray yGradient, INDArray xGradient) {
    kernels.gateGradient(x, yGradient, xGradient);
  }

  @Override
  public void gate(INDArray t, INDArray s, INDArray y) {
    kernels.gate(t, s, y);
  }

  @Override
  public void gateGradientInPlace(INDArray t, INDArray s, INDArray yGradient) {
    kernels.gateGradientInPlace(t, s, yGradient);
  }

  @Override
  public void logSoftmax(INDArray x, INDArray y) {
    kernels.logSoftmax(x, y);
  }

  @Override
  public double crossEntropy(INDArray logits, int[] classes) {
    return kernels.crossEntropy(logits, classes);
  }

  @Override
  public void crossEntropyGradient(INDArray logProbabilities, int[] classes, int total) {
    kernels.crossEntropyGradient(logProbabilities, classes, total);
  }

  @Override
  public void rowMinima(INDArray x, INDArray y) {
    kernels.rowMinima(x, y);
  }

  @Override
  public void close() {
    kernels.close();
  }

  /** Workers of which the first has the kernels that share out the work. */
  private static final class CountingWorkers implements Workers {
    private final Workers workers;
    private final List<CountingKernels> kernels = new ArrayList<>();

    CountingWorkers(CountingKernels first, Workers workers) {
      this.workers = workers;
      kernels.add(first);
      for (int worker = 1; worker < workers.size(); worker++) {
        kernels.add(new CountingKernels(workers.kernels(worker)));
      }
    }

    /** Those of all but the first. */
    double operations() {
      return kernels.stream().skip(1).mapToDouble(CountingKernels::operations).sum();
    }

    @Override
    public int size() {
      return kernels.size();
    }

    @Override
    public Kernels kernels(int worker) {
      return kernels.get(worker);
    }

    @Override
    public void run(int parts, Part part) {
      workers.run(parts, part);
    }

    @Override
    public boolean areFree() {
      return workers.areFree();
    }

    @Override
    public void close() {
      workers.close();
    }
  }

  /** A convolution whose directions take as many operations each. */
  private final class Counted implements Convolution {
    private final Convolution convolution;
    private final double each;

    Counted(Convolution convolution, double each) {
      this.convolution = convolution;
      this.each = each;
    }

    @Override
    public void forward(INDArray x, INDArray w, INDArray b, INDArray y) {
      convolution.forward(x, w, b, y);
      operations += each;
    }

    @Override
    public void backwardData(INDArray yGradient, INDArray w, INDArray xGradient) {
      convolution.backwardData(yGradient, w, xGradient);
      operations += each;
    }

    @Override
    public void backwardWeights(
        INDArray x, INDArray yGradient, INDArray wGradient, INDArray bGradient) {
      convolution.backwardWeights(x, yGradient, wGradient, bGradient);
      operations += each;
    }

    @Override
    public void close() {
      convolution.close();
    }
  }
}
