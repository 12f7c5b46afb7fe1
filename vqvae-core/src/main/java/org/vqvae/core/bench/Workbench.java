package org.vqvae.core.bench;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.experiment.AutoencoderTask;
import org.vqvae.core.experiment.Optimizers;
import org.vqvae.core.experiment.Variance;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.graph.PriorModel;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;

/**
 * An experiment taken apart: the work of its pieces. Each workload has networks of its own, with
 * their first weights; codes and latents are drawn at random.
 */
final class Workbench {
  private static final int PEAK_SIDE = 2048;

  private final ExperimentConfig config;
  private final ExperimentSettings settings;
  private final CountingKernels kernels;
  private final RandomStream random;
  private @Nullable Dataset dataset;

  Workbench(ExperimentConfig config, Kernels kernels) {
    this.config = config;
    this.settings = config.settings();
    this.kernels = new CountingKernels(kernels);
    this.random = new RandomStreams(settings.seed()).named("bench");
  }

  /** A large square product: as fast as this machine multiplies. */
  Workload gemmPeak() {
    INDArray a = normal(PEAK_SIDE, PEAK_SIDE);
    INDArray b = normal(PEAK_SIDE, PEAK_SIDE);
    INDArray c = Nd4j.zeros(DataType.FLOAT, PEAK_SIDE, PEAK_SIDE);
    return counted(() -> kernels.matMul(a, b, c));
  }

  /** A step of stage 1, as a run takes it: batch, forward, backward, update, metrics. */
  Workload trainStep() {
    Components components = components();
    double variance = Variance.of(dataset().examples(Split.TRAIN), data());
    Autoencoder autoencoder =
        new Autoencoder(
            data(),
            variance,
            components.get(Encoder.class),
            components.get(Quantizer.class),
            components.get(Decoder.class),
            settings.autoencoder().latentWeight(),
            Optimizers.adam(settings.autoencoder().training()),
            random);
    AutoencoderTask task =
        new AutoencoderTask(autoencoder, batches(Split.TRAIN), batches(Split.VALIDATION), variance);
    long[] step = {0};
    return counted(() -> task.step(step[0]++));
  }

  /** A batch to its latents. */
  Workload encode() {
    Components components = components();
    Encoder encoder = components.get(Encoder.class);
    Block network = encoder.build(data(), components.get(Quantizer.class).codeDim());
    initialize(network.parameters());
    INDArray x = batches(Split.TRAIN).shuffled(0).data();
    return counted(() -> network.forward(x, Phase.EVAL));
  }

  /** The latents of a batch to their codes. */
  Workload quantize() {
    Components components = components();
    Quantizer quantizer = components.get(Quantizer.class);
    initialize(quantizer.parameters());
    int latents = batchSize() * codeSpace(components).positions();
    INDArray z = normal(latents, quantizer.codeDim());
    return counted(() -> quantizer.quantize(z, Phase.EVAL));
  }

  /** The latents of a batch to the parameters of its likelihood. */
  Workload decode() {
    Components components = components();
    CodeSpace space = codeSpace(components);
    int dim = components.get(Quantizer.class).codeDim();
    DecoderNetwork network = components.get(Decoder.class).build(data(), space.grid(), dim);
    initialize(network.parameters());
    INDArray z = normal(space.grid().arrayShape(batchSize(), dim));
    Batch batch = batches(Split.TRAIN).shuffled(0);
    return counted(() -> network.forward(z, batch.data(), batch.labels(), Phase.EVAL));
  }

  /** A step of stage 2 on one batch of codes. */
  Workload priorTrainStep() {
    Components components = components();
    CodeSpace space = codeSpace(components);
    int examples = settings.priorTraining().training().batchSize();
    PriorModel model =
        new PriorModel(
            components.get(Prior.class).build(space, 0),
            new CodeLoss(kernels),
            Optimizers.adam(settings.priorTraining().training()),
            random);
    int[] codes = codes(space, examples);
    return counted(() -> model.train(codes, null, examples));
  }

  /**
   * Draws maps of codes. Its operations are those of one full pass over as many maps: what a
   * sampler needs that computes nothing twice.
   */
  Workload priorSample() {
    Components components = components();
    CodeSpace space = codeSpace(components);
    int examples = settings.sampling().count();
    PriorNetwork network = components.get(Prior.class).build(space, 0);
    initialize(network.parameters());
    int[] codes = codes(space, examples);
    double pass = counted(() -> network.logits(codes, null, Phase.EVAL)).operations();
    CodeSampler sampler = new CodeSampler(network, space, SamplingSettings.PLAIN, random);
    return new Workload(() -> sampler.sample(examples, null), pass);
  }

  private Workload counted(Runnable run) {
    double before = kernels.operations();
    run.run();
    return new Workload(run, kernels.operations() - before);
  }

  private Components components() {
    return new Components(config, kernels, new RandomStreams(settings.seed()));
  }

  private Dataset dataset() {
    if (dataset == null) {
      dataset = components().get(Dataset.class);
    }
    return dataset;
  }

  private DataSpec data() {
    return dataset().spec();
  }

  private int batchSize() {
    return settings.autoencoder().training().batchSize();
  }

  private Batches batches(Split split) {
    return new Batches(dataset(), split, batchSize(), settings.seed());
  }

  private CodeSpace codeSpace(Components components) {
    return new CodeSpace(
        components.get(Quantizer.class).codebookSize(),
        components.get(Encoder.class).latentGrid(data()));
  }

  private int[] codes(CodeSpace space, int examples) {
    int[] codes = new int[examples * space.positions()];
    Arrays.setAll(codes, i -> random.nextInt(space.codebookSize()));
    return codes;
  }

  private INDArray normal(long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    Initializers.normal(1).fill(array, random);
    return array;
  }

  private void initialize(List<Parameter> parameters) {
    ParameterVector.allocate(parameters, DataType.FLOAT).initialize(random);
  }
}
