package org.vqvae.audio.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Condition;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.wavenet.Alphabet;
import org.vqvae.core.wavenet.WaveNet;
import org.vqvae.core.wavenet.WaveNetWeights;

/**
 * Latents, jittered in training, pass through a convolution over three of them to the gates of a
 * WaveNet, which predicts from the samples before, some of them hidden in training.
 */
final class WaveNetDecoderNetwork implements DecoderNetwork {
  private final WaveNetDecoder.Settings settings;
  private final Form form;
  private final TimeJitter jitter;
  private final HistoryDropout history;
  private final Block features;
  private final WaveNet network;
  private final Workers workers;

  /**
   * The sizes that it is built for.
   *
   * @param samples T
   * @param latents T'
   * @param latentDim the length of a latent
   * @param classes 0: not conditioned on the class
   */
  record Form(int samples, int latents, int latentDim, int classes) {}

  WaveNetDecoderNetwork(Kernels kernels, WaveNetDecoder.Settings settings, Form form, Scope scope) {
    this.settings = settings;
    this.form = form;
    this.workers = kernels.workers();
    jitter = new TimeJitter(kernels, settings.jitter(), scope.perExample("jitter"));
    history =
        new HistoryDropout(
            settings.historyDropout(), form.samples / form.latents, scope.perExample("history"));
    features =
        new OneRowImage(
            Conv2d.convolution(
                scope.name("features"),
                kernels,
                form.latentDim,
                settings.features(),
                StridedSettings.three()));
    network =
        new WaveNet(
            scope,
            kernels,
            settings.size(),
            Alphabet.ofLevels(MuLaw.CODES),
            settings.features(),
            form.classes);
  }

  @Override
  public int classes() {
    return form.classes;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(features.parameters());
    parameters.addAll(network.parameters());
    return parameters;
  }

  @Override
  public INDArray forward(INDArray latents, INDArray data, Condition condition, Phase phase) {
    int[] levels = MuLaw.encode(data);
    int examples = (int) latents.size(0);
    INDArray vectors = features.forward(jitter.forward(latents, phase), phase);
    return network
        .logits(
            history.forward(levels, examples, phase),
            examples,
            vectors,
            labels(condition, examples))
        .reshape(examples, form.samples, MuLaw.CODES);
  }

  private int[] labels(Condition condition, int examples) {
    return condition.labels("decoder \"wavenet\"", examples, form.classes);
  }

  @Override
  public INDArray backward(INDArray gradient) {
    network.backward(gradient.reshape('c', -1, MuLaw.CODES));
    return jitter.backward(features.backward(network.featuresGradient()));
  }

  /** Draws sample after sample, the examples shared by the workers. */
  @Override
  public INDArray generate(
      INDArray latents, Condition condition, Likelihood likelihood, RandomStream random) {
    int examples = (int) latents.size(0);
    Voice[] voices = voices(latents, labels(condition, examples), random);
    WaveNetWeights weights = network.export();
    float[] samples = new float[examples * form.samples];
    List<Cut.Range> ranges = Cut.of(examples, form.samples);
    SoundSampler sampler = new SoundSampler(weights, settings, form);
    workers.run(
        ranges.size(),
        (part, worker, progress) -> {
          Cut.Range range = ranges.get(part);
          sampler.sample(
              Arrays.copyOfRange(voices, range.from(), range.to()),
              samples,
              range.from() * form.samples);
        });
    return FloatArrays.of(samples, examples, form.samples, 1);
  }

  private Voice[] voices(INDArray latents, int[] labels, RandomStream random) {
    float[] vectors =
        FloatArrays.read(features.forward(latents, Phase.EVAL).castTo(DataType.FLOAT));
    Voice[] voices = new Voice[(int) latents.size(0)];
    int length = vectors.length / voices.length;
    for (int n = 0; n < voices.length; n++) {
      voices[n] =
          new Voice(
              Arrays.copyOfRange(vectors, n * length, (n + 1) * length),
              labels.length == 0 ? OptionalInt.empty() : OptionalInt.of(labels[n]),
              RandomStream.restore(random.nextLong()));
    }
    return voices;
  }

  /**
   * One example to draw.
   *
   * @param features {@code [T', features]}
   * @param label its class, if the decoder is conditioned on it
   */
  record Voice(float[] features, OptionalInt label, RandomStream random) {}
}
