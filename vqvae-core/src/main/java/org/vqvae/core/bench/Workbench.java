package org.vqvae.core.bench;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Model;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.ExperimentSettings.Training;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.stage.AutoencoderTask;
import org.vqvae.core.stage.Variance;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.CodeBatch;
import org.vqvae.core.training.Optimizations;
import org.vqvae.core.training.PriorTrainer;

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
    Training training = settings.autoencoder().training();
    double variance = Variance.of(dataset().examples(Split.TRAIN), data());
    ModelNetwork network = components.get(Model.class).build(data(), variance, scope());
    AutoencoderTrainer trainer =
        new AutoencoderTrainer(network, Optimizations.of(training, components.parts()));
    AutoencoderTask task =
        new AutoencoderTask(
            trainer,
            random,
            batches(Split.TRAIN),
            batches(Split.VALIDATION),
            training.accumulate(),
            variance);
    task.begin();
    long[] step = {0};
    return counted(() -> task.step(step[0]++));
  }

  /** A batch to its latents. */
  Workload encode() {
    Components components = components();
    Encoder encoder = components.get(Encoder.class);
    Block network = encoder.build(data(), bottleneck(components).inputDim(), scope());
    initialize(network.parameters());
    INDArray x = batches(Split.TRAIN).shuffled(0).data();
    return counted(() -> network.forward(x, Phase.EVAL));
  }

  /** The latents of a batch to their codes. */
  Workload quantize() {
    Components components = components();
    Bottleneck bottleneck = bottleneck(components);
    initialize(bottleneck.parameters());
    INDArray z = normal(latentGrid(components).arrayShape(batchSize(), bottleneck.inputDim()));
    return counted(() -> bottleneck.apply(z, Phase.EVAL));
  }

  /** The latents of a batch to the parameters of its likelihood. */
  Workload decode() {
    Components components = components();
    Grid grid = latentGrid(components);
    int dim = bottleneck(components).outputDim();
    DecoderNetwork network = components.get(Decoder.class).build(data(), grid, dim, scope());
    initialize(network.parameters());
    INDArray z = normal(grid.arrayShape(batchSize(), dim));
    Batch batch = batches(Split.TRAIN).shuffled(0);
    return counted(() -> network.forward(z, batch.data(), batch.condition(), Phase.EVAL));
  }

  /** A step of stage 2 on one batch of codes. */
  Workload priorTrainStep() {
    Components components = components();
    CodeShape shape = codeShape(components);
    Training training = settings.priorTraining().training();
    PriorTrainer trainer =
        new PriorTrainer(
            components.get(Prior.class).build(shape, Conditions.NONE, scope()),
            new CodeLoss(kernels),
            Optimizations.of(training, components.parts()),
            random);
    CodeBatch batch = new CodeBatch(codes(shape, training.batchSize()), Condition.NONE);
    long[] step = {0};
    return counted(() -> trainer.train(batch, step[0]++, training.accumulate()));
  }

  /**
   * Draws maps of codes. Its operations are those of one full pass over as many maps: what a
   * sampler needs that computes nothing twice.
   */
  Workload priorSample() {
    Components components = components();
    CodeShape shape = codeShape(components);
    int examples = settings.sampling().count();
    PriorNetwork network = components.get(Prior.class).build(shape, Conditions.NONE, scope());
    initialize(network.parameters());
    Codes codes = codes(shape, examples);
    double pass = counted(() -> network.logits(codes, Condition.NONE, Phase.EVAL)).operations();
    CodeSampler sampler = new CodeSampler(network, shape, SamplingSettings.PLAIN, random);
    return new Workload(() -> sampler.sample(examples, Condition.NONE), pass);
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

  private static Bottleneck bottleneck(Components components) {
    return components.get(Bottleneck.class);
  }

  private Grid latentGrid(Components components) {
    return components.get(Encoder.class).latentGrid(data());
  }

  private CodeShape codeShape(Components components) {
    return components
        .get(Model.class)
        .build(data(), 1, scope())
        .codeShape()
        .orElseThrow(
            () -> new IncompatibleException("the model has no codes: prior figures need some"));
  }

  private Codes codes(CodeShape shape, int examples) {
    int[] codes = new int[examples * shape.codes()];
    Arrays.setAll(codes, i -> random.nextInt(shape.codebookSize(i % shape.codes())));
    return Codes.of(shape, codes);
  }

  private Scope scope() {
    return Scope.root(new RandomStreams(settings.seed()));
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
