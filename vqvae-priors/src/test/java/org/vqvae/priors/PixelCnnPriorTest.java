package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.PriorContract;

class PixelCnnPriorTest extends PriorContract {

  @Override
  protected Prior prior(Kernels kernels) {
    return new PixelCnnPrior(new PixelCnnPrior.Settings(4, 3, 5, 3, 6), kernels);
  }

  @Override
  protected boolean looksBack() {
    return true;
  }

  @Override
  protected boolean conditional() {
    return true;
  }

  @Test
  void no_code_before_a_position_is_out_of_sight() {
    // Given enough layers for the whole of a 6x6 grid
    CodeSpace space = new CodeSpace(5, new Grid(6, 6));
    PriorNetwork network =
        new PixelCnnPrior(new PixelCnnPrior.Settings(4, 6, 3, 3, 6), new NativeKernels())
            .build(space, 0);
    ParameterVector.allocate(network.parameters(), DataType.DOUBLE)
        .initialize(RandomStream.of(1, "parameters"));
    int[] codes = new int[36];
    INDArray before = network.logits(codes, null, Phase.EVAL).dup();
    for (int changed = 0; changed < 36; changed++) {
      // When any one code changes
      int[] other = codes.clone();
      other[changed] = 1;
      INDArray change = network.logits(other, null, Phase.EVAL).sub(before);
      // Then the logits of every later position change
      for (int later = changed + 1; later < 36; later++) {
        assertThat(change.getRow(later).amaxNumber().doubleValue())
            .as("position %d sees the code at %d", later, changed)
            .isPositive();
      }
    }
  }

  @Test
  void has_the_parameters_of_the_peer_less_one_redundant_bias_per_layer() {
    PriorNetwork network =
        new PixelCnnPrior(new PixelCnnPrior.Settings(128, 15, 7, 3, 512), new NativeKernels())
            .build(new CodeSpace(512, new Grid(8, 8)), 0);
    long count = network.parameters().stream().mapToLong(Parameter::length).sum();
    // an implementation with a bias on the link too has 6,092,928
    assertThat(count).isEqualTo(6_092_928 - 15 * 256);
  }

  @Test
  void a_grid_that_has_no_rows_and_columns_is_refused() {
    assertThatThrownBy(() -> prior(new NativeKernels()).build(new CodeSpace(5, new Grid(250)), 0))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "prior \"pixelcnn\" models codes in rows and columns, but these codes' grid is 250,"
                + " with 1 dimension; choose prior \"wavenet\", which models any grid, or an"
                + " encoder of pictures");
  }

  @Test
  void kernels_without_a_middle_are_refused() {
    assertThatThrownBy(() -> new PixelCnnPrior.Settings(4, 3, 6, 3, 6))
        .hasMessage("firstKernel must be odd and at least 3 but was 6");
  }

  @Test
  void sampling_ends_with_the_grid() {
    PriorNetwork network = prior(new NativeKernels()).build(new CodeSpace(5, new Grid(1, 1)), 0);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT);
    PriorNetwork.CodeStream stream = network.stream(1, null);
    stream.accept(new int[] {0});
    assertThatThrownBy(stream::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("all 1 positions of 1x1 have their codes");
  }
}
