package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.kernel.OneDnnKernels;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.PriorContract;
import org.vqvae.core.wavenet.WaveNetSettings;

class WaveNetPriorTest {

  private static Prior small(Kernels kernels) {
    return new WaveNetPrior(new WaveNetPrior.Settings(new WaveNetSettings(2, 3, 6, 9)), kernels);
  }

  @Nested
  class OverPictures extends PriorContract {
    @Override
    protected Prior prior(Kernels kernels) {
      return small(kernels);
    }

    @Override
    protected boolean looksBack() {
      return true;
    }

    @Override
    protected boolean conditional() {
      return true;
    }
  }

  @Nested
  class OverSound extends PriorContract {
    @Override
    protected Prior prior(Kernels kernels) {
      return small(kernels);
    }

    @Override
    protected Grid grid() {
      return new Grid(13);
    }

    @Override
    protected Grid tinyGrid() {
      return new Grid(4);
    }

    @Override
    protected boolean looksBack() {
      return true;
    }

    @Override
    protected boolean conditional() {
      return true;
    }
  }

  /** 2,100 steps of two sequences are more rows than a span. */
  @ParameterizedTest
  @ValueSource(ints = {20, 2100})
  void onednn_computes_what_the_native_operations_do(int steps) {
    // Given networks of equal parameters, whose dilations reach 4
    try (OneDnnKernels onednn = new OneDnnKernels()) {
      PriorNetwork one = network(new NativeKernels(), steps);
      PriorNetwork two = network(onednn, steps);
      int[] codes =
          Arrays.stream(RandomStream.of(3, "codes").permutation(2 * steps))
              .map(i -> i % 40)
              .toArray();
      int[] labels = {0, 1};
      // When both compute the same logits and gradients in FLOAT
      INDArray logits = one.logits(codes, labels, Phase.TRAIN);
      INDArray others = two.logits(codes, labels, Phase.TRAIN);
      // Then they agree
      assertThatArray(others).isCloseTo(logits, 1e-5);
      INDArray gradient = logits.div(steps);
      one.backward(gradient.dup());
      two.backward(gradient.dup());
      for (int i = 0; i < one.parameters().size(); i++) {
        assertThatArray(two.parameters().get(i).gradient())
            .isCloseTo(one.parameters().get(i).gradient(), 1e-3 / 20);
      }
    }
  }

  private static PriorNetwork network(Kernels kernels, int steps) {
    PriorNetwork network = small(kernels).build(new CodeSpace(40, new Grid(steps)), 2);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "parameters"));
    return network;
  }

  @Test
  void a_step_sees_as_far_back_as_the_receptive_field_and_no_further() {
    WaveNetSettings settings = new WaveNetSettings(2, 3, 6, 9);
    assertThat(settings.receptiveField()).isEqualTo(15);
    PriorNetwork network = network(new NativeKernels(), 20);
    int[] codes = new int[20];
    INDArray before = network.logits(codes, new int[] {0}, Phase.EVAL).getRow(19).dup();
    for (int changed = 0; changed < 19; changed++) {
      // When one code changes
      int[] other = codes.clone();
      other[changed] = 1;
      INDArray after = network.logits(other, new int[] {0}, Phase.EVAL).getRow(19).dup();
      // Then the last step sees it if it is one of the 15 before
      assertThat(after.sub(before).amaxNumber().doubleValue() > 0)
          .as("sees the code at %d", changed)
          .isEqualTo(changed >= 19 - 15);
    }
  }

  @Test
  void examples_get_the_logits_that_each_gets_alone_however_threads_share_them() {
    // Given five examples of two classes
    PriorNetwork network = network(new NativeKernels(), 6);
    int[] labels = {0, 1, 1, 0, 1};
    PriorNetwork.CodeStream together = network.stream(5, labels);
    PriorNetwork.CodeStream[] alone =
        Arrays.stream(labels)
            .mapToObj(label -> network.stream(1, new int[] {label}))
            .toArray(PriorNetwork.CodeStream[]::new);
    for (int position = 0; position < 6; position++) {
      int[] codes = {position, 7, 3 * position, 20, 39 - position};
      float[] logits = together.next();
      for (int n = 0; n < 5; n++) {
        // When each is drawn alone, then its logits are the same to the bit
        assertThat(Arrays.copyOfRange(logits, 40 * n, 40 * (n + 1))).isEqualTo(alone[n].next());
        alone[n].accept(new int[] {codes[n]});
      }
      together.accept(codes);
    }
  }

  @Test
  void sampling_ends_with_the_grid() {
    PriorNetwork network = small(new NativeKernels()).build(new CodeSpace(5, new Grid(1)), 0);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT);
    PriorNetwork.CodeStream stream = network.stream(1, null);
    stream.accept(new int[] {0});
    assertThatThrownBy(stream::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("all 1 positions of 1 have their codes");
  }
}
