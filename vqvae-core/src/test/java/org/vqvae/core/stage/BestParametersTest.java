package org.vqvae.core.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.store.NamedArrays;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.store.WeightsFile;

class BestParametersTest {
  @TempDir private Path folder;

  private final Parameter w = Parameter.learned("w", Initializers.zeros(), 2);
  private final List<Parameter> parameters = List.of(w);

  BestParametersTest() {
    ParameterVector.allocate(parameters, DataType.FLOAT);
  }

  private Path file() {
    return folder.resolve("stage/best.safetensors");
  }

  private void offer(BestParameters best, double loss, double value) {
    w.value().assign(value);
    best.offer(loss, parameters);
  }

  @Test
  void the_lowest_loss_wins_and_the_first_of_equal_ones() {
    // Given
    BestParameters best = new BestParameters(file());
    // When
    offer(best, 3, 30);
    offer(best, 1, 10);
    offer(best, 2, 20);
    offer(best, 1, 11);
    offer(best, Double.NaN, 0);
    best.restore(parameters);
    // Then
    assertThatArray(w.value()).isEqualToArray(Nd4j.createFromArray(10f, 10f));
  }

  @Test
  void what_was_best_before_a_kill_is_compared_with() {
    // Given
    offer(new BestParameters(file()), 1, 10);
    // When another process goes on
    BestParameters again = new BestParameters(file());
    offer(again, 2, 20);
    again.restore(parameters);
    // Then
    assertThatArray(w.value()).isEqualToArray(Nd4j.createFromArray(10f, 10f));
  }

  @Test
  void without_an_evaluation_nothing_changes() {
    w.value().assign(5);
    assertThat(new BestParameters(file()).restore(parameters)).isEmpty();
    assertThatArray(w.value()).isEqualToArray(Nd4j.createFromArray(5f, 5f));
    assertThat(file()).doesNotExist();
  }

  @Test
  void a_file_without_a_loss_is_named_with_what_deleting_it_costs() {
    WeightsFile.write(file(), NamedArrays.of(parameters), Map.of("loss", "low"));
    assertThatThrownBy(() -> new BestParameters(file()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": the best parameters so far cannot be read (For input string: \"low\"); delete"
                + " the file, and the best of the evaluations from here on are kept");
  }

  @Test
  void a_changed_byte_or_a_missing_end_is_noticed() throws IOException {
    // Given
    offer(new BestParameters(file()), 1, 10);
    byte[] whole = Files.readAllBytes(file());
    // When the last weight changes, Then
    byte[] changed = whole.clone();
    changed[changed.length - 1] ^= 1;
    Files.write(file(), changed);
    assertThatThrownBy(() -> new BestParameters(file()))
        .hasMessageContaining(
            "best.safetensors: the best parameters so far cannot be read (it is not as it was"
                + " written);");
    // When it is cut short, Then
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> new BestParameters(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("delete the file");
  }
}
