package org.vqvae.core.series;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/** {@code y = x W} for every so many neighbouring numbers of a series {@code [N, T, C]}. */
final class Linear implements Block {
  private final int in;
  private final int out;
  private final int channels;
  private final Parameter w;
  private INDArray x;

  /**
   * @param in numbers of x for each row of W
   * @param out numbers of y for each
   * @param channels C of y
   */
  Linear(String name, int in, int out, int channels) {
    this.in = in;
    this.out = out;
    this.channels = channels;
    this.w = Parameter.learned(name, Initializers.fanIn(in), in, out);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(w);
  }

  @Override
  public INDArray forward(INDArray input, Phase phase) {
    x = input.dup('c');
    return x.reshape('c', -1, in).mmul(w.value()).reshape('c', input.size(0), -1, channels);
  }

  @Override
  public INDArray backward(INDArray gradient) {
    INDArray g = gradient.reshape('c', -1, out);
    w.gradient().assign(x.reshape('c', -1, in).transpose().mmul(g));
    return g.mmul(w.value().transpose()).reshape('c', x.shape());
  }
}
