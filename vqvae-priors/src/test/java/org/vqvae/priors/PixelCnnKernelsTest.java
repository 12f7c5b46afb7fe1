package org.vqvae.priors;

import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.RandomCodes;

/**
 * The fastest kernels of this machine, in FLOAT, against libnd4j's, whose gradients are checked in
 * DOUBLE.
 */
class PixelCnnKernelsTest {
  private static final CodeShape SHAPE = CodeShape.of(new Grid(6, 5), 32);
  private static final int EXAMPLES = 4;
  private static final Condition CLASSES = Condition.ofLabels(0, 1, 2, 1);

  private final Codes codes = RandomCodes.of(SHAPE, EXAMPLES, RandomStream.of(2, "codes"));

  /** A network and the vectors that its parameters live in. */
  private record Bound(PriorNetwork network, ParameterVector vector) {
    static Bound of(Kernels kernels) {
      PriorNetwork network =
          new PixelCnnPrior(new PixelCnnPrior.Settings(16, 4, 5, 3, 32, 8), kernels)
              .build(SHAPE, Conditions.ofClasses(3), Scope.root(new RandomStreams(1)));
      ParameterVector vector = ParameterVector.allocate(network.parameters(), DataType.FLOAT);
      vector.initialize(RandomStream.of(1, "parameters"));
      return new Bound(network, vector);
    }
  }

  @Test
  void the_fastest_kernels_agree_with_the_native_ones() {
    try (Kernels fastest = new KernelsFactory(Backend.start()).create("auto");
        Kernels natives = new NativeKernels()) {
      // Given one network on either kernels
      Bound fast = Bound.of(fastest);
      Bound slow = Bound.of(natives);
      // When both look at the same codes and pass the loss's gradient back
      Logits fastLogits = fast.network().logits(codes, CLASSES, Phase.TRAIN);
      Logits slowLogits = slow.network().logits(codes, CLASSES, Phase.TRAIN);
      assertThatArray(fastLogits.only()).isCloseTo(slowLogits.only(), 1e-5, 1e-5);
      new CodeLoss(fastest).natsAndGradient(fastLogits, codes);
      new CodeLoss(natives).natsAndGradient(slowLogits, codes);
      fast.network().backward(fastLogits);
      slow.network().backward(slowLogits);
      // Then they agree in every gradient
      assertThatArray(fast.vector().gradients()).isCloseTo(slow.vector().gradients(), 1e-6, 1e-4);
    }
  }

  @Test
  void sampling_on_the_fastest_kernels_sees_the_logits_of_the_full_pass() {
    try (Kernels fastest = new KernelsFactory(Backend.start()).create("auto")) {
      PriorNetwork network = Bound.of(fastest).network();
      INDArray full = network.logits(codes, CLASSES, Phase.EVAL).only().dup();
      CodeStream stream = network.stream(EXAMPLES, CLASSES);
      for (int position = 0; position < SHAPE.codes(); position++) {
        float[] logits = stream.next();
        int[] column = new int[EXAMPLES];
        for (int n = 0; n < EXAMPLES; n++) {
          int row = n * SHAPE.codes() + position;
          column[n] = codes.get(n, 0, position, 0);
          float[] ofExample = Arrays.copyOfRange(logits, n * 32, (n + 1) * 32);
          assertThatArray(Nd4j.createFromArray(ofExample)).isCloseTo(full.getRow(row), 1e-4);
        }
        stream.accept(column);
      }
    }
  }
}
