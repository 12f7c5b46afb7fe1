package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightsFileTest {
  private static final Map<String, INDArray> ARRAYS = Map.of("w", Nd4j.ones(2, 3));

  @TempDir Path folder;

  @Test
  void arrays_and_metadata_come_back() {
    WeightsFile.write(file(), ARRAYS, Map.of("loss", "1.5"));
    Safetensors.Contents contents = WeightsFile.read(file());
    assertThatArray(contents.arrays().get("w")).isEqualToArray(Nd4j.ones(2, 3));
    assertThat(contents.metadata()).isEqualTo(Map.of("loss", "1.5"));
  }

  @Test
  void the_file_says_its_format_to_any_reader_of_safetensors() {
    WeightsFile.write(file(), ARRAYS, Map.of("loss", "1.5"));
    assertThat(Safetensors.read(file()).metadata()).isEqualTo(Map.of("loss", "1.5", "format", "2"));
  }

  @Test
  void weights_without_a_format_are_of_format_1() {
    Safetensors.write(file(), ARRAYS, Map.of("fingerprint", "f"));
    assertThatThrownBy(() -> WeightsFile.read(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(
            file() + ": has format 1, which builds up to commit 5470d82 read, ");
  }

  @Test
  void weights_of_a_format_to_come_are_refused() {
    Safetensors.write(file(), ARRAYS, Map.of("format", "3"));
    assertThatThrownBy(() -> WeightsFile.read(file()))
        .hasMessageStartingWith(file() + ": has format 3, which another build wrote, ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"no metadata, ''", "the format of another program, pt"})
  void weights_of_another_program_are_refused(String name, String format) {
    Safetensors.write(file(), ARRAYS, format.isEmpty() ? Map.of() : Map.of("format", format));
    assertThatThrownBy(() -> WeightsFile.read(file()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": its metadata is not that of weights that this program wrote; use such a file");
  }

  @Test
  void metadata_cannot_be_called_format() {
    assertThatThrownBy(() -> WeightsFile.write(file(), ARRAYS, Map.of("format", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metadata cannot be called \"format\"");
  }

  private Path file() {
    return folder.resolve("a.safetensors");
  }
}
