package org.vqvae.core.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks on the arrays that a kernel is given: data type, shape, contiguous in 'c' order. */
final class Operands {
  private Operands() {}

  /** Fails unless {@code array} is contiguous, of that type and of that shape. */
  static void require(String name, INDArray array, DataType type, long... shape) {
    requireType(name, array, type);
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IllegalArgumentException(
          "%s: expected shape %s but was %s"
              .formatted(name, Arrays.toString(shape), Arrays.toString(array.shape())));
    }
    requireContiguous(name, array);
  }

  /** Fails unless {@code array} is contiguous and has the type and the shape of {@code model}. */
  static void requireLike(String name, INDArray array, INDArray model) {
    require(name, array, model.dataType(), model.shape());
  }

  static void requireType(String name, INDArray array, DataType type) {
    if (array.dataType() != type) {
      throw new IllegalArgumentException(
          "%s: expected data type %s but was %s".formatted(name, type, array.dataType()));
    }
  }

  static void requireContiguous(String name, INDArray array) {
    long expected = 1;
    for (int i = array.rank() - 1; i >= 0; i--) {
      long size = array.size(i);
      if (size != 1 && array.stride(i) != expected) {
        throw new IllegalArgumentException(
            "%s: expected a contiguous array in 'c' order but was %s with strides %s"
                .formatted(name, Arrays.toString(array.shape()), Arrays.toString(array.stride())));
      }
      expected *= size;
    }
  }

  /** Fails unless {@code y = x w + b} is possible. */
  static void requireAffine(INDArray x, INDArray w, INDArray b, INDArray y) {
    requireProduct(x, w, y);
    require("b", b, x.dataType(), w.size(1));
  }

  /** Fails unless {@code y = x w + b + plus} is possible. */
  static void requireAffine(INDArray x, INDArray w, INDArray b, INDArray plus, INDArray y) {
    requireAffine(x, w, b, y);
    requireContiguous("y", y);
    requireLike("plus", plus, y);
  }

  /** Fails unless all three are contiguous and alike. */
  static void requireGate(INDArray t, INDArray s, String yName, INDArray y) {
    requireContiguous("t", t);
    requireLike("s", s, t);
    requireLike(yName, y, t);
  }

  /** Fails unless a row's values lie side by side, and rows do not overlap. */
  private static void requireRowMajor(String name, INDArray matrix) {
    boolean fits =
        (matrix.size(1) == 1 || matrix.stride(1) == 1)
            && (matrix.size(0) == 1 || matrix.stride(0) >= matrix.size(1));
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: expected columns of an array in 'c' order but was %s with strides %s"
              .formatted(name, Arrays.toString(matrix.shape()), Arrays.toString(matrix.stride())));
    }
  }

  /** Fails unless each row of {@code x} can be added to a row of {@code y}. */
  static void requireRows(INDArray x, int[] rows, INDArray y) {
    requireContiguous("y", y);
    require("x", x, y.dataType(), rows.length, y.size(-1));
    if (y.rank() != 2) {
      throw new IllegalArgumentException(
          "y: expected two dimensions but was " + Arrays.toString(y.shape()));
    }
    requireIndices("row", rows, "y has rows", y.size(0));
  }

  /** Fails unless rows of {@code x} can be copied to {@code y}. */
  static void requireGather(INDArray x, int[] rows, INDArray y) {
    requireMatrix("x", x);
    require("y", y, x.dataType(), rows.length, x.size(1));
    requireIndices("row", rows, "x has rows", x.size(0));
  }

  /** Fails unless rows of {@code table} can be compared with rows of {@code x}. */
  static void requireSearch(INDArray x, INDArray table) {
    requireMatrix("x", x);
    requireType("x", x, DataType.FLOAT);
    requireMatrix("table", table);
    requireType("table", table, DataType.FLOAT);
    if (x.size(1) != table.size(1)) {
      throw new IllegalArgumentException(
          "x has rows of %d values but table has rows of %d".formatted(x.size(1), table.size(1)));
    }
  }

  /** Fails unless there is a row of {@code logits} for each class, and a column for any. */
  static void requireClasses(String name, INDArray logits, int[] classes) {
    requireMatrix(name, logits);
    if (logits.size(0) != classes.length) {
      throw new IllegalArgumentException(
          "%s: expected %d rows, one for each class, but was %s"
              .formatted(name, classes.length, Arrays.toString(logits.shape())));
    }
    requireIndices("class", classes, name + " has columns", logits.size(1));
  }

  private static void requireMatrix(String name, INDArray matrix) {
    if (matrix.rank() != 2) {
      throw new IllegalArgumentException(
          "%s: expected two dimensions but was %s"
              .formatted(name, Arrays.toString(matrix.shape())));
    }
    requireContiguous(name, matrix);
  }

  private static void requireIndices(String what, int[] indices, String range, long size) {
    for (int index : indices) {
      if (index < 0 || index >= size) {
        throw new IllegalArgumentException(
            "%s %d: %s 0..%d".formatted(what, index, range, size - 1));
      }
    }
  }

  /** Fails unless {@code y} is a vector with one value for each row of {@code x}. */
  static void requireRows(String xName, INDArray x, String yName, INDArray y) {
    requireContiguous(xName, x);
    require(yName, y, x.dataType(), x.length() / x.size(-1));
  }

  /** Fails unless {@code c = a b} is possible. */
  static void requireProduct(INDArray a, INDArray b, INDArray c) {
    boolean fits =
        a.rank() == 2
            && b.rank() == 2
            && c.rank() == 2
            && a.size(1) == b.size(0)
            && c.size(0) == a.size(0)
            && c.size(1) == b.size(1);
    if (!fits) {
      throw new IllegalArgumentException(
          "c = a b: a is %s, b is %s, c is %s"
              .formatted(
                  Arrays.toString(a.shape()),
                  Arrays.toString(b.shape()),
                  Arrays.toString(c.shape())));
    }
    requireType("b", b, a.dataType());
    requireType("c", c, a.dataType());
    requireRowMajor("c", c);
  }

  /** Fails unless {@code x} is {@code [..., 2C]} and {@code y} is {@code [..., C]}. */
  static void requireHalves(String xName, INDArray x, String yName, INDArray y) {
    long[] shape = x.shape();
    int last = shape.length - 1;
    if (last < 0 || shape[last] % 2 != 0) {
      throw new IllegalArgumentException(
          "%s: expected [..., 2C] but was %s".formatted(xName, Arrays.toString(shape)));
    }
    requireContiguous(xName, x);
    shape = shape.clone();
    shape[last] /= 2;
    require(yName, y, x.dataType(), shape);
  }
}
