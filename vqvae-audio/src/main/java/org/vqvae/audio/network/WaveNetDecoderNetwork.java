package org.vqvae.audio.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.wavenet.Alphabet;
import org.vqvae.core.wavenet.WaveNet;
import org.vqvae.core.wavenet.WaveNetWeights;

/**
 * Latents, jittered in training, through a convolution over three of them to a WaveNet's gates; the
 * WaveNet sees the samples so far, some of them hidden in training.
 */
final class WaveNetDecoderNetwork implements DecoderNetwork {
  private final WaveNetDecoder.Settings settings;
  private final Form form;
  private final TimeJitter jitter;
  private final HistoryDropout history;
  private final Block features;
  private final WaveNet network;

  /**
   * What it is built for.
   *
   * @param samples T
   * @param codeDim D
   * @param classes 0: not conditioned on the class
   */
  record Form(int samples, int codeDim, int classes) {}

  WaveNetDecoderNetwork(
      Kernels kernels,
      WaveNetDecoder.Settings settings,
      Form form,
      TimeJitter jitter,
      HistoryDropout history) {
    this.settings = settings;
    this.form = form;
    this.jitter = jitter;
    this.history = history;
    features =
        new HeightOne(
            Conv2d.convolution(
                "decoder/features",
                kernels,
                form.codeDim,
                settings.features(),
                StridedSettings.three()));
    network =
        new WaveNet(
            "decoder",
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
  public INDArray forward(INDArray latents, INDArray data, int @Nullable [] labels, Phase phase) {
    int[] levels = MuLaw.encode(FloatArrays.read(data.castTo(DataType.FLOAT)));
    int examples = (int) latents.size(0);
    INDArray told = features.forward(jitter.forward(latents, phase), phase);
    return network
        .logits(history.forward(levels, phase), examples, told, known(labels, examples))
        .reshape(examples, form.samples, MuLaw.CODES);
  }

  @Override
  public INDArray backward(INDArray gradient) {
    network.backward(gradient.reshape('c', -1, MuLaw.CODES));
    return jitter.backward(features.backward(network.featuresGradient()));
  }

  /** Draws sample after sample, the examples on as many threads as there are processors. */
  @Override
  public INDArray generate(
      INDArray latents, int @Nullable [] labels, Likelihood likelihood, RandomStream random) {
    int examples = (int) latents.size(0);
    float[] told = FloatArrays.read(features.forward(latents, Phase.EVAL).castTo(DataType.FLOAT));
    int @Nullable [] known = known(labels, examples);
    WaveNetWeights weights = network.export();
    Voice[] voices = new Voice[examples];
    int length = told.length / examples;
    for (int n = 0; n < examples; n++) {
      voices[n] =
          new Voice(
              Arrays.copyOfRange(told, n * length, (n + 1) * length),
              known == null ? -1 : known[n],
              RandomStream.restore(random.nextLong()));
    }
    float[] samples = new float[examples * form.samples];
    int parts = Math.min(examples, Runtime.getRuntime().availableProcessors());
    SoundSampler sampler = new SoundSampler(weights, settings, form);
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              int from = part * examples / parts;
              int to = (part + 1) * examples / parts;
              sampler.sample(Arrays.copyOfRange(voices, from, to), samples, from * form.samples);
            });
    return FloatArrays.of(samples, examples, form.samples, 1);
  }

  /**
   * One example to draw.
   *
   * @param features {@code [T', features]}
   * @param label -1 for none
   */
  record Voice(float[] features, int label, RandomStream random) {}

  private int @Nullable [] known(int @Nullable [] labels, int examples) {
    if (form.classes == 0) {
      return null;
    }
    if (labels == null || labels.length != examples) {
      throw new IllegalArgumentException(
          "decoder \"wavenet\" was built for %d classes and needs the label of each of %d examples"
              .formatted(form.classes, examples));
    }
    for (int label : labels) {
      if (label < 0 || label >= form.classes) {
        throw new IllegalArgumentException(
            "label %d: it must be in 0..%d".formatted(label, form.classes - 1));
      }
    }
    return labels;
  }
}
