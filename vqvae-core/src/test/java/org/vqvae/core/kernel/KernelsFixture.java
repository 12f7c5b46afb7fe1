package org.vqvae.core.kernel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.random.RandomStream;

/** The kernels under test in one data type, and arrays for them. */
abstract class KernelsFixture {
  final DataType type;
  final double epsilon;
  Kernels kernels = new NativeKernels();
  private RandomStream random = RandomStream.of(1, "kernels");

  KernelsFixture(DataType type) {
    this.type = type;
    this.epsilon = type == DataType.DOUBLE ? 0x1p-52 : 0x1p-23;
  }

  abstract Kernels create();

  @BeforeEach
  void open() {
    random = RandomStream.of(1, "kernels");
    kernels = create();
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  double[] random(long... shape) {
    double[] values = new double[PlainLoops.length(shape)];
    for (int i = 0; i < values.length; i++) {
      // a float, so that every type and the loops compute with the same numbers
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  INDArray array(double[] values, long... shape) {
    return Nd4j.createFromArray(values).castTo(type).reshape(shape);
  }

  /** The same values far into a longer vector, as parameters lie in a network's. */
  INDArray view(double[] values, long... shape) {
    int from = (values.length + 31) / 16 * 16;
    INDArray flat = Nd4j.valueArrayOf(new long[] {from + values.length + 16}, Double.NaN, type);
    INDArray view = slice(flat, from, values.length).reshape(shape);
    view.assign(array(values, shape));
    return view;
  }

  static INDArray slice(INDArray flat, long from, long length) {
    return flat.get(NDArrayIndex.interval(from, from + length));
  }
}
