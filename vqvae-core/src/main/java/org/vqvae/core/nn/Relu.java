package org.vqvae.core.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.Kernels;

/** {@code max(x, 0)}, for arrays of any shape. */
public final class Relu implements Block {
  private final Kernels kernels;
  private final Buffers buffers = new Buffers();
  private @Nullable INDArray y;

  public Relu(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public INDArray forward(INDArray x, Phase phase) {
    y = buffers.get("y", x.dataType(), x.shape());
    kernels.relu(x, y);
    return y;
  }

  @Override
  public INDArray backward(INDArray gradient) {
    kernels.reluGradient(requireNonNull(y, "backward needs a forward pass first"), gradient);
    return gradient;
  }
}
