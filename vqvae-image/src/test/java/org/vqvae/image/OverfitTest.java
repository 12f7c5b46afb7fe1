package org.vqvae.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Quantizer;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.graph.PriorModel;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.image.data.GlyphsDataset;
import org.vqvae.priors.PixelCnnPrior;

/** Each stage can learn eight examples by heart: what cannot do that learns nothing else either. */
class OverfitTest {
  private static final int EXAMPLES = 8;

  private final Kernels kernels = new KernelsFactory(Backend.start()).create("auto");

  @AfterEach
  void close() {
    kernels.close();
  }

  @Test
  void the_autoencoder_reconstructs_eight_pictures() {
    // Given
    Dataset glyphs = new GlyphsDataset(new GlyphsDataset.Settings(EXAMPLES, 1, 1, 16, 1));
    Batch batch = new Batches(glyphs, Split.TRAIN, EXAMPLES, 1).inOrder().iterator().next();
    INDArray pictures = batch.data().dup();
    double variance = meanSquare(pictures.sub(pictures.meanNumber()));
    Components components =
        TinyComponents.of(
            kernels,
            "quantizer { type = ema, codebook-size = 128, code-dim = 8, codebook-init = k-means }",
            "encoder { type = residual-conv, channels = 32, residual-channels = 16 }",
            "decoder { type = residual-conv, channels = 32, residual-channels = 16 }");
    Autoencoder autoencoder =
        new Autoencoder(
            glyphs.spec(),
            variance,
            components.get(Encoder.class),
            components.get(Quantizer.class),
            components.get(Decoder.class),
            1,
            new Adam(3e-3),
            RandomStream.of(1, "initialization"));
    // When it sees nothing but them
    for (int step = 0; step < 600; step++) {
      autoencoder.train(pictures, batch.labels());
    }
    // Then it misses little of them: 128 codes for as many positions
    INDArray decoded =
        autoencoder.decode(
            autoencoder.encode(pictures), batch.labels(), RandomStream.of(1, "decoding"));
    assertThat(meanSquare(decoded.sub(pictures)) / variance).isLessThan(0.01);
  }

  private static double meanSquare(INDArray values) {
    return Transforms.pow(values, 2).meanNumber().doubleValue();
  }

  @Test
  void pixelcnn_memorises_eight_maps_of_codes() {
    // Given eight maps of 16 codes that follow no rule
    CodeSpace space = new CodeSpace(8, new Grid(4, 4));
    RandomStream random = RandomStream.of(1, "maps");
    int[] codes = IntStream.generate(() -> random.nextInt(8)).limit(EXAMPLES * 16).toArray();
    PriorNetwork network =
        new PixelCnnPrior(new PixelCnnPrior.Settings(32, 4, 5, 3, 32), kernels).build(space, 0);
    PriorModel model =
        new PriorModel(
            network, new CodeLoss(kernels), new Adam(3e-3), RandomStream.of(1, "initialization"));
    // When it sees nothing but them
    double nats = Double.NaN;
    for (int step = 0; step < 300; step++) {
      nats = model.train(codes, null, EXAMPLES);
    }
    // Then all that a map costs is to say which of the eight it is
    assertThat(16 * nats).isBetween(Math.log(EXAMPLES), Math.log(EXAMPLES) + 0.1);
    // And all that it draws are those eight
    int[] drawn =
        new CodeSampler(network, space, new SamplingSettings(1, 0), RandomStream.of(2, "drawn"))
            .sample(64, null);
    assertThat(maps(drawn)).isEqualTo(maps(codes));
  }

  private static Set<List<Integer>> maps(int[] codes) {
    Set<List<Integer>> maps = new HashSet<>();
    for (int i = 0; i < codes.length; i += 16) {
      maps.add(Arrays.stream(codes, i, i + 16).boxed().toList());
    }
    return maps;
  }
}
