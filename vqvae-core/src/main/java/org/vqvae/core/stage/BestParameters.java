package org.vqvae.core.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.store.Fingerprint;
import org.vqvae.core.store.NamedArrays;
import org.vqvae.core.store.Safetensors;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.store.WeightsFile;

/**
 * The parameters of the evaluation with the lowest loss so far, in a file: a stage that goes on
 * after a kill compares with what was best before it, or repeats the steps that led to it and comes
 * to the same.
 */
final class BestParameters {
  private static final String LOSS = "loss";
  private static final String FINGERPRINT = "fingerprint";

  private final Path file;
  private double lowest;

  /**
   * What is best so far: what the file holds, if it is there.
   *
   * @throws StoreException if the file is damaged
   */
  BestParameters(Path file) {
    this.file = file;
    lowest = Files.exists(file) ? loss(read()) : Double.POSITIVE_INFINITY;
  }

  private Safetensors.Contents read() {
    try {
      Safetensors.Contents contents = WeightsFile.read(file);
      String is = Fingerprint.of(Double.toString(loss(contents)), contents.arrays());
      if (!is.equals(contents.metadata().get(FINGERPRINT))) {
        throw new StoreException("it is not as it was written");
      }
      return contents;
    } catch (StoreException | NumberFormatException e) {
      throw new StoreException(
          "%s: the best parameters so far cannot be read (%s); delete the file, and the best of the evaluations from here on are kept"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static double loss(Safetensors.Contents contents) {
    return Double.parseDouble(String.valueOf(contents.metadata().get(LOSS)));
  }

  /** Keeps these parameters if their loss is lower than that of those kept. */
  void offer(double loss, List<Parameter> parameters) {
    if (loss < lowest) {
      Map<String, INDArray> arrays = NamedArrays.of(parameters);
      String text = Double.toString(loss);
      WeightsFile.write(
          file, arrays, Map.of(LOSS, text, FINGERPRINT, Fingerprint.of(text, arrays)));
      lowest = loss;
    }
  }

  /**
   * Gives the parameters the values that are kept.
   *
   * @return their loss; empty if none are kept
   */
  OptionalDouble restore(List<Parameter> parameters) {
    if (lowest == Double.POSITIVE_INFINITY) {
      return OptionalDouble.empty();
    }
    NamedArrays.load(parameters, read().arrays(), file.toString());
    return OptionalDouble.of(lowest);
  }
}
