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
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.ExperimentSettings.Training;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameterized;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.WorkerComponents;
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
  private final Workers workers;
  private final RandomStream random;
  private @Nullable Dataset dataset;

  Workbench(ExperimentConfig config, Workers workers) {
    this.config = config;
    this.settings = config.settings();
    this.kernels = new CountingKernels(workers.kernels(0));
    this.workers = kernels.workers();
    this.random = new RandomStreams(settings.seed()).named("bench");
  }

  /** A large square product, its rows shared by the workers: as fast as this machine multiplies. */
  Workload gemmPeak() {
    INDArray a = normal(PEAK_SIDE, PEAK_SIDE);
    INDArray b = normal(PEAK_SIDE, PEAK_SIDE);
    INDArray c = Nd4j.zeros(DataType.FLOAT, PEAK_SIDE, PEAK_SIDE);
    int parts = workers.size();
    return counted(
        () ->
            workers.run(
                parts,
                (part, worker, progress) -> {
                  Cut.Range rows =
                      new Cut.Range(PEAK_SIDE * part / parts, PEAK_SIDE * (part + 1) / parts);
                  workers.kernels(worker).matMul(rows.of(a), b, rows.of(c));
                }));
  }

  /** A step of stage 1, as a run takes it: batch, forward, backward, update, metrics. */
  Workload trainStep() {
    WorkerComponents components = components();
    Training training = settings.autoencoder().training();
    double variance = Variance.of(dataset().examples(Split.TRAIN), data());
    AutoencoderTrainer trainer =
        new AutoencoderTrainer(
            components.replicas(own -> own.get(Model.class).build(data(), variance, own.root())),
            Optimizations.of(training, components.first().parts()));
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
    Replicas<Block> encoder =
        components()
            .replicas(
                own ->
                    own.get(Encoder.class).build(data(), bottleneck(own).inputDim(), own.root()));
    encoder.vector().initialize(random);
    INDArray x = batches(Split.TRAIN).shuffled(0).data();
    return shared(encoder, (network, range) -> network.forward(range.of(x), Phase.EVAL));
  }

  /** The latents of a batch to their codes. */
  Workload quantize() {
    WorkerComponents components = components();
    Replicas<Bottleneck> bottleneck = components.replicas(Workbench::bottleneck);
    bottleneck.vector().initialize(random);
    Grid grid = latentGrid(components.first());
    INDArray z = normal(grid.arrayShape(batchSize(), bottleneck.first().inputDim()));
    return shared(bottleneck, (quantizer, range) -> quantizer.apply(range.of(z), Phase.EVAL));
  }

  /** The latents of a batch to the parameters of its likelihood. */
  Workload decode() {
    WorkerComponents components = components();
    Grid grid = latentGrid(components.first());
    int dim = bottleneck(components.first()).outputDim();
    Replicas<DecoderNetwork> decoder =
        components.replicas(own -> own.get(Decoder.class).build(data(), grid, dim, own.root()));
    decoder.vector().initialize(random);
    INDArray z = normal(grid.arrayShape(batchSize(), dim));
    Batch batch = batches(Split.TRAIN).shuffled(0);
    return shared(
        decoder,
        (network, range) -> {
          Batch part = batch.part(range.from(), range.to());
          network.forward(range.of(z), part.data(), part.condition(), Phase.EVAL);
        });
  }

  /** What one of the networks does with some examples of a batch. */
  private interface Part<N> {
    void of(N network, Cut.Range range);
  }

  private <N extends Parameterized> Workload shared(Replicas<N> networks, Part<N> task) {
    List<Cut.Range> ranges = Cut.of(batchSize(), data().grid().positions());
    return counted(
        () ->
            networks.map(
                ranges.size(),
                (replica, i) -> {
                  task.of(replica.network(), ranges.get(i));
                  return i;
                }));
  }

  /** A step of stage 2 on one batch of codes. */
  Workload priorTrainStep() {
    WorkerComponents components = components();
    CodeShape shape = codeShape(components.first());
    Training training = settings.priorTraining().training();
    PriorTrainer trainer =
        new PriorTrainer(
            prior(components, shape),
            Optimizations.of(training, components.first().parts()),
            random);
    CodeBatch batch = new CodeBatch(codes(shape, training.batchSize()), Condition.NONE);
    long[] step = {0};
    return counted(() -> trainer.train(batch, step[0]++, training.accumulate()));
  }

  private static Replicas<PriorModel> prior(WorkerComponents components, CodeShape shape) {
    return components.replicas(
        own ->
            new PriorModel(
                own.get(Prior.class).build(shape, Conditions.NONE, own.root()),
                new CodeLoss(own.kernels())));
  }

  /**
   * Draws maps of codes. Its operations are those of one full pass over as many maps: what a
   * sampler needs that computes nothing twice.
   */
  Workload priorSample() {
    WorkerComponents components = components();
    CodeShape shape = codeShape(components.first());
    int examples = settings.sampling().count();
    Replicas<PriorModel> prior = prior(components, shape);
    prior.vector().initialize(random);
    Codes codes = codes(shape, examples);
    PriorNetwork network = prior.first().network();
    double pass = counted(() -> network.logits(codes, Condition.NONE, Phase.EVAL)).operations();
    CodeSampler sampler = new CodeSampler(prior, shape, SamplingSettings.PLAIN, random);
    return new Workload(() -> sampler.sample(examples, Condition.NONE), pass);
  }

  private Workload counted(Runnable run) {
    double before = kernels.operations();
    run.run();
    return new Workload(run, kernels.operations() - before);
  }

  private WorkerComponents components() {
    return new WorkerComponents(config, workers, new RandomStreams(settings.seed()));
  }

  private Dataset dataset() {
    if (dataset == null) {
      dataset = components().first().get(Dataset.class);
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
        .build(data(), 1, components.root())
        .codeShape()
        .orElseThrow(
            () -> new IncompatibleException("the model has no codes: prior figures need some"));
  }

  private Codes codes(CodeShape shape, int examples) {
    int[] codes = new int[examples * shape.codes()];
    Arrays.setAll(codes, i -> random.nextInt(shape.codebookSize(i % shape.codes())));
    return Codes.of(shape, codes);
  }

  private INDArray normal(long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    Initializers.normal(1).fill(array, random);
    return array;
  }
}
