package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.Scope;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.testing.RandomCodes;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.CodeBatch;
import org.vqvae.core.training.Nd4jOptimizer;
import org.vqvae.core.training.Optimization;
import org.vqvae.core.training.PriorTrainer;
import org.vqvae.image.data.GlyphsDataset;
import org.vqvae.priors.PixelCnnPrior;

/** Each stage can learn eight examples by heart: what cannot do that learns nothing else either. */
class OverfitTest {
  private static final int EXAMPLES = 8;
  private static final Optimization ADAM = Optimization.of(Nd4jOptimizer.adam(), 3e-3);

  private final Kernels kernels = new KernelsFactory(Backend.start()).create("auto");

  @AfterEach
  void close() {
    kernels.close();
  }

  private static RandomStream initialization() {
    return RandomStream.of(1, "initialization");
  }

  @Test
  void the_autoencoder_reconstructs_eight_pictures() {
    // Given
    Dataset glyphs =
        new GlyphsDataset(new GlyphsDataset.Settings(EXAMPLES, 1, 1, 16, 1), Workers.caller());
    Batch batch = new Batches(glyphs, Split.TRAIN, EXAMPLES, 1).inOrder().iterator().next();
    double variance = meanSquare(batch.data().sub(batch.data().meanNumber()));
    ModelNetwork model =
        TinyComponents.unbound(
            kernels,
            glyphs.spec(),
            "quantizer { type = ema, codebook-size = 128, code-dim = 8, codebook-init = k-means }",
            "encoder { type = residual-conv, channels = 32, residual-channels = 16 }",
            "decoder { type = residual-conv, channels = 32, residual-channels = 16, variance = %s }"
                .formatted(variance));
    AutoencoderTrainer trainer = new AutoencoderTrainer(model, ADAM, initialization());
    // When it sees nothing but them
    for (int step = 0; step < 600; step++) {
      trainer.train(batch, step, 1);
    }
    // Then it misses little of them: 128 codes for as many positions
    INDArray pictures = batch.data();
    INDArray decoded =
        model.decode(model.encode(pictures), batch.condition(), RandomStream.of(1, "decoding"));
    assertThat(meanSquare(decoded.sub(pictures)) / variance).isLessThan(0.01);
  }

  private static double meanSquare(INDArray values) {
    return Transforms.pow(values, 2).meanNumber().doubleValue();
  }

  @Test
  void pixelcnn_memorises_eight_maps_of_codes() {
    // Given eight maps of 16 codes that follow no rule
    CodeShape shape = CodeShape.of(new Grid(4, 4), 8);
    Codes codes = RandomCodes.of(shape, EXAMPLES, RandomStream.of(1, "maps"));
    PriorNetwork network =
        new PixelCnnPrior(new PixelCnnPrior.Settings(32, 4, 5, 3, 32, 16), kernels)
            .build(shape, Conditions.NONE, Scope.root(new RandomStreams(1)).child("prior"));
    Replicas<PriorModel> prior = Replicas.alone(new PriorModel(network, new CodeLoss(kernels)));
    PriorTrainer trainer = new PriorTrainer(prior, ADAM, initialization());
    // When it sees nothing but them
    double nats = Double.NaN;
    for (int step = 0; step < 300; step++) {
      nats = trainer.train(new CodeBatch(codes, Condition.NONE), step, 1);
    }
    // Then all that a map costs is to say which of the eight it is
    assertThat(16 * nats).isBetween(Math.log(EXAMPLES), Math.log(EXAMPLES) + 0.1);
    // And all that it draws are those eight
    Codes drawn =
        new CodeSampler(prior, shape, new SamplingSettings(1, 0), RandomStream.of(2, "drawn"))
            .sample(64, Condition.NONE);
    assertThat(maps(drawn)).isEqualTo(maps(codes));
  }

  private static Set<Codes> maps(Codes codes) {
    Set<Codes> maps = new HashSet<>();
    IntStream.range(0, codes.examples()).forEach(i -> maps.add(codes.examples(i, i + 1)));
    return maps;
  }
}
