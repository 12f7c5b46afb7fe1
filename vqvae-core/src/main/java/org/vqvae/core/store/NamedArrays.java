package org.vqvae.core.store;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Parameter;

/** The way between a network's parameters and arrays by name, as files hold them. */
public final class NamedArrays {

  private NamedArrays() {}

  /** The values by name, in their order; no copies. */
  public static Map<String, INDArray> of(List<Parameter> parameters) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (values.put(parameter.name(), parameter.value()) != null) {
        throw new IllegalArgumentException("two parameters are called " + parameter.name());
      }
    }
    return values;
  }

  /**
   * Copies arrays into the parameters of their names. Nothing is copied unless everything fits.
   *
   * @param where what the arrays were read from, for the message
   * @throws StoreException if names, types or shapes differ
   */
  public static void load(List<Parameter> parameters, Map<String, INDArray> arrays, String where) {
    Map<String, INDArray> values = of(parameters);
    checkNames(values.keySet(), arrays.keySet(), where);
    for (Parameter parameter : parameters) {
      checkForm(parameter, requireNonNull(arrays.get(parameter.name())), where);
    }
    values.forEach((name, value) -> value.assign(arrays.get(name)));
  }

  private static void checkNames(Set<String> expected, Set<String> found, String where) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    Set<String> unknown = new TreeSet<>(found);
    unknown.removeAll(expected);
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw mismatch(
          where, "it lacks %s and has %s beside".formatted(some(missing), some(unknown)));
    }
  }

  private static void checkForm(Parameter parameter, INDArray array, String where) {
    INDArray value = parameter.value();
    if (!Arrays.equals(parameter.shape(), array.shape()) || value.dataType() != array.dataType()) {
      throw mismatch(
          where,
          "%s is %s %s there and %s %s in the model"
              .formatted(
                  parameter.name(),
                  array.dataType(),
                  Arrays.toString(array.shape()),
                  value.dataType(),
                  Arrays.toString(parameter.shape())));
    }
  }

  private static String some(Set<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    String first = names.stream().limit(3).collect(Collectors.joining(", "));
    return names.size() <= 3 ? first : "%s and %d more".formatted(first, names.size() - 3);
  }

  private static StoreException mismatch(String where, String what) {
    return new StoreException(
        "%s: not the parameters of this model: %s; use the config that the file was made with"
            .formatted(where, what));
  }
}
