package org.vqvae.core.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.store.NamedArrays;
import org.vqvae.core.store.Safetensors;
import org.vqvae.core.store.StoreException;

/**
 * The parameters of the evaluation with the lowest loss so far, in a file: a stage that goes on
 * after a kill compares with what was best before it, or repeats the steps that led to it and comes
 * to the same.
 */
final class BestParameters {
  private static final String LOSS = "loss";

  private final Path file;
  private double lowest;

  /**
   * What is best so far: what the file holds, if it is there.
   *
   * @throws StoreException if the file is damaged
   */
  BestParameters(Path file) {
    this.file = file;
    lowest = Files.exists(file) ? loss(file) : Double.POSITIVE_INFINITY;
  }

  private static double loss(Path file) {
    String loss = Safetensors.read(file).metadata().get(LOSS);
    try {
      return Double.parseDouble(String.valueOf(loss));
    } catch (NumberFormatException e) {
      throw new StoreException(
          "%s: the loss of the best parameters is \"%s\"; delete the file to go on without it"
              .formatted(file, loss),
          e);
    }
  }

  /** Keeps these parameters if their loss is lower than that of those kept. */
  void offer(double loss, List<Parameter> parameters) {
    if (loss < lowest) {
      Safetensors.write(file, NamedArrays.of(parameters), Map.of(LOSS, Double.toString(loss)));
      lowest = loss;
    }
  }

  /** Gives the parameters the values that are kept, if any are. */
  void restore(List<Parameter> parameters) {
    if (lowest < Double.POSITIVE_INFINITY) {
      NamedArrays.load(parameters, Safetensors.read(file).arrays(), file.toString());
    }
  }
}
