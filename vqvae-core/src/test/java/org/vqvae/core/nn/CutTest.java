package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CutTest {

  @ParameterizedTest
  @CsvSource({
    // examples, positions of each, parts at least, expected parts
    "1, 1024, 1, 1",
    "3, 1024, 1, 3",
    "8, 1024, 1, 4",
    "32, 1024, 1, 4",
    "33, 1024, 1, 5",
    "128, 1024, 1, 16",
    "16, 4096, 1, 8",
    "4, 16000, 1, 4",
    "32, 64, 16, 16",
    "5, 64, 16, 5"
  })
  void parts_follow_from_the_batch_alone(int examples, int positions, int least, int expected) {
    // When
    List<Cut.Range> parts = Cut.of(examples, positions, least);
    // Then they are all examples in order, and about as many each
    assertThat(parts).hasSize(expected);
    int end = 0;
    for (Cut.Range part : parts) {
      assertThat(part.from()).isEqualTo(end);
      assertThat(part.size()).isBetween(examples / expected, (examples - 1) / expected + 1);
      end = part.to();
    }
    assertThat(end).isEqualTo(examples);
  }

  @Test
  void a_part_of_a_view_is_right() {
    INDArray all = Nd4j.arange(24).castTo(DataType.FLOAT).reshape(6, 2, 2);
    INDArray view = new Cut.Range(2, 6).of(all);
    assertThatArray(new Cut.Range(1, 3).of(view).dup())
        .isEqualToArray(Nd4j.createFromArray(12f, 13, 14, 15, 16, 17, 18, 19).reshape(2, 2, 2));
  }
}
