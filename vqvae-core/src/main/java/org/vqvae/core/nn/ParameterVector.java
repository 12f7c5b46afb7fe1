package org.vqvae.core.nn;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.random.RandomStream;

/**
 * The values of a network's parameters in one flat array, and their gradients in another.
 *
 * <p>Each parameter is a view, in the order of the list; its slice starts at a multiple of 64
 * bytes, so the vectors are a little longer than the parameters together. What lies between slices
 * is zero and stays so.
 */
public final class ParameterVector {
  private static final int ALIGNMENT_BYTES = 64;

  private final List<Parameter> parameters;
  private final INDArray values;
  private final INDArray gradients;

  private ParameterVector(List<Parameter> parameters, INDArray values, INDArray gradients) {
    this.parameters = List.copyOf(parameters);
    this.values = values;
    this.gradients = gradients;
  }

  /** Makes new vectors, all zero, and binds the parameters to them. */
  public static ParameterVector allocate(List<Parameter> parameters, DataType type) {
    long length = length(parameters, type);
    return bind(parameters, Nd4j.zeros(type, length), Nd4j.zeros(type, length));
  }

  /**
   * Binds the parameters to vectors that somebody else made; gradients of state are set to zero.
   *
   * @param values {@link #length} values, contiguous; may itself be a view
   * @param gradients of the same length and type
   */
  public static ParameterVector bind(
      List<Parameter> parameters, INDArray values, INDArray gradients) {
    checkNames(parameters);
    long length = length(parameters, values.dataType());
    checkLength("values", values, length);
    checkLength("gradients", gradients, length);
    long offset = 0;
    for (Parameter parameter : parameters) {
      parameter.bind(slice(values, offset, parameter), slice(gradients, offset, parameter));
      if (!parameter.isLearned()) {
        parameter.gradient().assign(0);
      }
      offset += aligned(parameter.length(), values.dataType());
    }
    return new ParameterVector(parameters, values, gradients);
  }

  /**
   * Lets parameters share the values of others, with gradients of their own: a second network for
   * another thread.
   *
   * @param values whose parameters have the same names and shapes, in the same order
   * @throws IllegalArgumentException if they have not
   */
  public static ParameterVector share(ParameterVector values, List<Parameter> parameters) {
    List<String> expected = values.parameters.stream().map(Parameter::toString).toList();
    List<String> found = parameters.stream().map(Parameter::toString).toList();
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          "parameters %s cannot share the values of %s".formatted(found, expected));
    }
    return bind(parameters, values.values, values.gradients.like());
  }

  /** The length of a vector that holds these parameters. */
  public static long length(List<Parameter> parameters, DataType type) {
    return parameters.stream().mapToLong(parameter -> aligned(parameter.length(), type)).sum();
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  public INDArray values() {
    return values;
  }

  public INDArray gradients() {
    return gradients;
  }

  /** Fills every parameter with its first value. */
  public void initialize(RandomStream random) {
    parameters.forEach(parameter -> parameter.initialize(random));
  }

  private static INDArray slice(INDArray flat, long offset, Parameter parameter) {
    long[] shape = parameter.shape();
    return Nd4j.create(
        flat.data(), shape, Nd4j.getStrides(shape, 'c'), flat.offset() + offset, 'c');
  }

  private static long aligned(long length, DataType type) {
    long unit = ALIGNMENT_BYTES / type.width();
    return (length + unit - 1) / unit * unit;
  }

  private static void checkNames(List<Parameter> parameters) {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException("two parameters are named " + parameter.name());
      }
    }
  }

  private static void checkLength(String what, INDArray vector, long length) {
    if (vector.length() != length) {
      throw new IllegalArgumentException(
          "%s: expected %d for these parameters but was %d"
              .formatted(what, length, vector.length()));
    }
  }
}
