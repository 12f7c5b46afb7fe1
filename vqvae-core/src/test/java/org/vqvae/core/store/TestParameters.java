package org.vqvae.core.store;

import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.nn.Parameter;

/** Parameters without a network. */
final class TestParameters {

  private TestParameters() {}

  /** A parameter that is zero everywhere. */
  static Parameter bound(String name, long... shape) {
    Parameter parameter = Parameter.learned(name, (value, random) -> {}, shape);
    parameter.bind(Nd4j.zeros(shape), Nd4j.zeros(shape));
    return parameter;
  }
}
