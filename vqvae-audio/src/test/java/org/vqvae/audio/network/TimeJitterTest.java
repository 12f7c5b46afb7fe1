package org.vqvae.audio.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.random.ExampleStreams;

class TimeJitterTest {
  private static final int STEPS = 500;

  /** Two examples whose latents are numbered. */
  private final INDArray latents =
      Nd4j.linspace(DataType.FLOAT, 0.0, 1.0, 2L * STEPS).reshape(2, STEPS, 1);

  private static TimeJitter jitter(double probability) {
    return new TimeJitter(new NativeKernels(), probability, new ExampleStreams(1, "jitter"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.12, 0.5, 1})
  void a_latent_gives_way_to_a_neighbour_as_often_as_the_probability_wants(double probability) {
    // When
    INDArray jittered = jitter(probability).forward(latents, Phase.TRAIN);
    // Then each row is its own or a neighbour's, and of its own example
    int earlier = 0;
    int later = 0;
    for (int n = 0; n < 2; n++) {
      for (int t = 0; t < STEPS; t++) {
        int source = jittered.getInt(n, t, 0) - n * STEPS;
        assertThat(source)
            .as("example %d, step %d", n, t)
            .isBetween(Math.max(0, t - 1), Math.min(STEPS - 1, t + 1));
        earlier += source < t ? 1 : 0;
        later += source > t ? 1 : 0;
      }
    }
    // And half of the neighbours are earlier ones, half later ones
    assertThat(earlier / 1000.0).isCloseTo(probability / 2, within(0.06));
    assertThat(later / 1000.0).isCloseTo(probability / 2, within(0.06));
  }

  @Test
  void outside_training_nothing_changes() {
    assertThat(jitter(1).forward(latents, Phase.EVAL)).isSameAs(latents);
  }

  @Test
  void a_latent_gets_the_gradients_of_all_places_where_it_was_shown() {
    // Given
    TimeJitter jitter = jitter(0.5);
    INDArray jittered = jitter.forward(latents, Phase.TRAIN).dup();
    // When each place has a gradient of 1
    INDArray back = jitter.backward(Nd4j.ones(DataType.FLOAT, 2, STEPS, 1));
    // Then a latent has as many as there are places that show it
    double[] shown = new double[2 * STEPS];
    for (double source : jittered.castTo(DataType.DOUBLE).reshape(2L * STEPS).toDoubleVector()) {
      shown[(int) source]++;
    }
    assertThat(back.castTo(DataType.DOUBLE).reshape(2L * STEPS).toDoubleVector()).isEqualTo(shown);
  }

  @Test
  void a_batch_in_two_parts_is_jittered_as_the_whole() {
    // Given
    INDArray whole = jitter(0.5).forward(latents, Phase.train(7, 0));
    // When each example is a part of its own
    INDArray first = jitter(0.5).forward(example(0), Phase.train(7, 0));
    INDArray second = jitter(0.5).forward(example(1), Phase.train(7, 1));
    // Then
    assertThatArray(Nd4j.concat(0, first, second)).isEqualToArray(whole);
  }

  private INDArray example(int index) {
    return latents.get(NDArrayIndex.interval(index, index + 1), NDArrayIndex.all()).dup('c');
  }

  @Test
  void every_step_is_jittered_in_another_way() {
    TimeJitter jitter = jitter(0.5);
    INDArray one = jitter.forward(latents, Phase.train(1, 0)).dup();
    INDArray again = jitter.forward(latents, Phase.train(1, 0)).dup();
    assertThatArray(again).isEqualToArray(one);
    assertThat(jitter.forward(latents, Phase.train(2, 0))).isNotEqualTo(one);
  }
}
