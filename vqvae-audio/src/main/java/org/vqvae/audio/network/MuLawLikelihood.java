package org.vqvae.audio.network;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Likelihood;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.CodeLoss;

/**
 * A free distribution over the 256 {@link MuLaw} levels of each sample, given by logits: {@code -ln
 * p = -ln softmax(logits)[level of x]} (van den Oord et al. 2016, <a
 * href="https://arxiv.org/abs/1609.03499">WaveNet</a>, sec. 2.2). Its nats are those of the level,
 * not of a density.
 */
public final class MuLawLikelihood implements Likelihood {
  private final Kernels kernels;
  private final CodeLoss loss;
  private final Buffers buffers = new Buffers();

  public MuLawLikelihood(Kernels kernels) {
    this.kernels = kernels;
    this.loss = new CodeLoss(kernels);
  }

  @Override
  public int parameters(int channels) {
    return MuLaw.CODES * channels;
  }

  @Override
  public Scored score(INDArray prediction, INDArray data) {
    INDArray gradient = copy(prediction);
    double nats = loss.natsAndGradient(rows(gradient), MuLaw.encode(data));
    return new Scored(List.of(Likelihood.nll(nats)), gradient);
  }

  @Override
  public double nats(INDArray prediction, INDArray data) {
    return loss.nats(rows(copy(prediction)), MuLaw.encode(data));
  }

  private INDArray copy(INDArray prediction) {
    return buffers.get("gradient", prediction.dataType(), prediction.shape()).assign(prediction);
  }

  private static INDArray rows(INDArray logits) {
    return logits.reshape(-1, MuLaw.CODES);
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  /** The expected sample. */
  @Override
  public INDArray mean(INDArray prediction) {
    INDArray probabilities = rows(prediction.dup('c'));
    kernels.logSoftmax(probabilities, probabilities);
    Transforms.exp(probabilities, false);
    INDArray mean = Nd4j.create(prediction.dataType(), probabilities.size(0), 1);
    kernels.matMul(probabilities, samples(prediction.dataType()), mean);
    long[] shape = prediction.shape().clone();
    shape[shape.length - 1] /= MuLaw.CODES;
    return mean.reshape('c', shape).castTo(DataType.FLOAT);
  }

  private static INDArray samples(DataType type) {
    float[] samples = new float[MuLaw.CODES];
    for (int code = 0; code < samples.length; code++) {
      samples[code] = MuLaw.decode(code);
    }
    return Nd4j.createFromArray(samples).reshape(MuLaw.CODES, 1).castTo(type);
  }
}
