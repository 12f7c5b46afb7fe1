package org.vqvae.core.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;

/**
 * The residual block of the VQ-VAE paper (van den Oord et al. 2017, sec. 4.1): {@code x +
 * conv1x1(relu(conv3x3(relu(x))))}.
 *
 * <p>The first ReLU leaves x itself alone: the skip connection carries x, not relu(x).
 */
public final class Residual implements Block {
  private final Kernels kernels;
  private final Relu relu;
  private final Conv2d conv3x3;
  private final Conv2d conv1x1;
  private final Buffers buffers = new Buffers();

  public Residual(String name, Kernels kernels, int channels, int hiddenChannels) {
    this(name + "/conv3x3", name, kernels, channels, hiddenChannels, Window.square(3, 1, 1));
  }

  /** The same for sound, {@code [N, 1, T, C]}: its first convolution sees three steps. */
  public static Residual ofSound(String name, Kernels kernels, int channels, int hiddenChannels) {
    Window window = Window.padded(1, 3, 0, 1, 0, 1);
    return new Residual(name + "/conv3", name, kernels, channels, hiddenChannels, window);
  }

  private Residual(
      String wideName,
      String name,
      Kernels kernels,
      int channels,
      int hiddenChannels,
      Window wide) {
    this(
        kernels,
        Conv2d.convolution(wideName, kernels, channels, hiddenChannels, wide),
        Conv2d.convolution(
            name + "/conv1x1", kernels, hiddenChannels, channels, Window.square(1, 1, 0)));
  }

  private Residual(Kernels kernels, Conv2d conv3x3, Conv2d conv1x1) {
    this.kernels = kernels;
    this.relu = new Relu(kernels);
    this.conv3x3 = conv3x3.thenRelu();
    this.conv1x1 = conv1x1.thenAdd();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        conv3x3.parameters().get(0),
        conv3x3.parameters().get(1),
        conv1x1.parameters().get(0),
        conv1x1.parameters().get(1));
  }

  @Override
  public INDArray forward(INDArray x, Phase phase) {
    INDArray y = buffers.get("y", x.dataType(), x.shape()).assign(x);
    INDArray hidden = conv3x3.forward(relu.forward(x, phase), phase);
    return conv1x1.addTo(hidden, y);
  }

  @Override
  public INDArray backward(INDArray gradient) {
    INDArray branch = relu.backward(conv3x3.backward(conv1x1.backward(gradient)));
    kernels.add(branch, gradient);
    return gradient;
  }
}
