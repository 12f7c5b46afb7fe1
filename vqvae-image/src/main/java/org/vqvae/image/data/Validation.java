package org.vqvae.image.data;

import java.nio.file.Path;
import org.vqvae.core.data.DataException;

/**
 * The validation split of data that comes as training and test files only: the end of the training
 * data.
 */
final class Validation {

  private Validation() {}

  /**
   * How many of {@code count} pictures stay for training when {@code validation} are taken from
   * their end.
   */
  static int keptForTraining(Path source, int count, int validation) {
    if (validation >= count) {
      throw DataException.of(
          source,
          "data.validation = %d leaves nothing to train on, as there are %d training pictures"
              .formatted(validation, count),
          "Set data.validation to less than " + count);
    }
    return count - validation;
  }
}
