package example;

import java.util.List;
import java.util.function.Supplier;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Model;
import org.vqvae.core.Scope;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.model.FlatModel;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.nn.Sequential;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.Nd4jOptimizer;
import org.vqvae.core.training.Optimization;

/** Trains an autoencoder with it, layers and data of one's own included. */
public final class TrainOnSpots {
  private static final Window HALVE = Window.square(4, 2, 1);
  private static final Window POINT = Window.square(1, 1, 0);

  /** Pictures of 8x8 become latents of 4x4. */
  record SpotEncoder(Kernels kernels) implements Encoder {
    @Override
    public Grid latentGrid(DataSpec data) {
      return new Grid(data.grid().size(0) / 2, data.grid().size(1) / 2);
    }

    @Override
    public Block build(DataSpec data, int latentDim, Scope scope) {
      return new Sequential(
          List.of(
              Conv2d.convolution(scope.name("down"), kernels, 1, 16, HALVE).thenRelu(),
              Conv2d.convolution(scope.name("to-latents"), kernels, 16, latentDim, POINT)));
    }
  }

  /** And back. */
  record SpotDecoder(Kernels kernels) implements Decoder {
    @Override
    public Likelihood likelihood(double dataVariance) {
      return new GaussianLikelihood(dataVariance);
    }

    @Override
    public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
      return DecoderNetwork.of(
          new Sequential(
              List.of(
                  Conv2d.convolution(scope.name("from-latents"), kernels, latentDim, 16, POINT)
                      .thenRelu(),
                  Conv2d.transposed(scope.name("up"), kernels, 16, 1, HALVE))));
    }
  }

  /** The network of one worker, which computes with kernels of its own. */
  static ModelNetwork network(Kernels kernels, Bottleneck bottleneck, DataSpec data) {
    Model model =
        new FlatModel(
            new FlatModel.Settings(1),
            new SpotEncoder(kernels),
            bottleneck,
            new SpotDecoder(kernels));
    double variance = 3 / 16.0;
    return model.build(data, variance, Scope.root(new RandomStreams(1)));
  }

  /** Returns the loss of every step, in nats per value. */
  static double[] train(Supplier<Bottleneck> bottlenecks, int steps) {
    Dataset spots = new Spots();
    try (Workers workers = new KernelsFactory(Backend.start()).workers("auto")) {
      Replicas<ModelNetwork> model =
          Replicas.of(
              workers, worker -> network(workers.kernels(worker), bottlenecks.get(), spots.spec()));
      AutoencoderTrainer trainer =
          new AutoencoderTrainer(model, Optimization.of(Nd4jOptimizer.adam(), 3e-3));
      trainer.initialize(RandomStream.of(1, "initialization"));
      Batches batches = new Batches(spots, Split.TRAIN, 25, 1);
      double[] losses = new double[steps];
      for (int step = 0; step < steps; step++) {
        losses[step] = trainer.train(batches.shuffled(step), step, 1).terms().get(0).value();
      }
      return losses;
    }
  }

  public static void main(String[] arguments) {
    double[] losses = train(() -> new RoundingQuantizer(new RoundingQuantizer.Settings(8)), 500);
    for (int step = 0; step < losses.length; step += 50) {
      System.out.printf("step %3d: %.3f nats per value%n", step, losses[step]);
    }
  }
}
