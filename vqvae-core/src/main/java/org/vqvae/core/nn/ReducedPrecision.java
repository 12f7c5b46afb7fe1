package org.vqvae.core.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.Kernels;

/**
 * A block whose activations are of a smaller data type inside, such as BFLOAT16; what goes in and
 * comes out, and all parameters, stay FLOAT.
 */
public final class ReducedPrecision implements Block {
  private final Block block;
  private final DataType inside;
  private final Buffers buffers = new Buffers();
  private @Nullable DataType outside;

  private ReducedPrecision(Block block, DataType inside) {
    this.block = block;
    this.inside = inside;
  }

  /** The block with activations as the kernels want them: the block itself, if that is FLOAT. */
  public static Block of(Block block, Kernels kernels) {
    return kernels.activations() == DataType.FLOAT
        ? block
        : new ReducedPrecision(block, kernels.activations());
  }

  @Override
  public List<Parameter> parameters() {
    return block.parameters();
  }

  @Override
  public INDArray forward(INDArray input, Phase phase) {
    outside = input.dataType();
    return cast("y", block.forward(cast("x", input, inside), phase), outside);
  }

  @Override
  public INDArray backward(INDArray gradient) {
    INDArray inputGradient = block.backward(cast("dy", gradient, inside));
    return cast(
        "dx", inputGradient, requireNonNull(outside, "backward needs a forward pass first"));
  }

  @Override
  public void backwardParametersOnly(INDArray gradient) {
    block.backwardParametersOnly(cast("dy", gradient, inside));
  }

  private INDArray cast(String name, INDArray array, DataType type) {
    return buffers.get(name, type, array.shape()).assign(array);
  }
}
