package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Model;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.data.Batch;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorPerMap;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.RandomCodes;
import org.vqvae.core.testing.Slopes;
import org.vqvae.core.testing.StepInParts;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.CodeBatch;
import org.vqvae.core.training.Nd4jOptimizer;
import org.vqvae.core.training.Optimization;
import org.vqvae.core.training.PriorTrainer;

/**
 * With every component that any module on the class path registers, two parts of a batch computed
 * apart, added and applied, are the whole batch.
 */
class StepInPartsTest {
  private static final int SIZE = 6;
  private static final int BORDER = 2;
  private static final int STEPS_BEFORE = 5;
  private static final int CLASSES = 3;
  private static final Optimization OPTIMIZATION =
      Optimization.of(new Nd4jOptimizer(new Nd4jOptimizer.Settings(new Sgd(1))), 0.05);

  private static final Kernels KERNELS = new KernelsFactory(Backend.start()).create("auto");

  @AfterAll
  static void close() {
    KERNELS.close();
  }

  static Stream<Arguments> parts() {
    return Stream.of(ofRole(Bottleneck.class), ofRole(Model.class), pairs())
        .flatMap(each -> each)
        .map(types -> Arguments.argumentSet(TinyComponents.name(types), types));
  }

  private static Stream<Map<Class<?>, String>> ofRole(Class<?> role) {
    return TinyComponents.types(role).map(type -> Map.of(role, type));
  }

  /** The encoders and decoders that go together, each pair. */
  private static Stream<Map<Class<?>, String>> pairs() {
    return TinyComponents.types(Encoder.class)
        .flatMap(
            encoder ->
                TinyComponents.types(Decoder.class)
                    .map(
                        decoder ->
                            Map.<Class<?>, String>of(
                                Encoder.class, encoder,
                                Bottleneck.class, "ema",
                                Decoder.class, decoder)))
        .filter(pair -> TinyComponents.dataOf(KERNELS, pair).isPresent());
  }

  @Test
  void every_encoder_and_every_decoder_is_in_a_pair() {
    List<String> encoders = new ArrayList<>();
    List<String> decoders = new ArrayList<>();
    pairs()
        .forEach(
            pair -> {
              encoders.add(pair.get(Encoder.class));
              decoders.add(pair.get(Decoder.class));
            });
    assertThat(encoders).containsAll(TinyComponents.types(Encoder.class).toList());
    assertThat(decoders).containsAll(TinyComponents.types(Decoder.class).toList());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void of_an_autoencoder(Map<Class<?>, String> types) {
    DataSpec data = TinyComponents.dataOf(KERNELS, types).orElseThrow();
    StepInParts.ofAutoencoder(() -> trained(TinyComponents.model(KERNELS, data, types)))
        .take(batch(data, STEPS_BEFORE), SIZE, BORDER, STEPS_BEFORE);
  }

  private static AutoencoderTrainer trained(ModelNetwork network) {
    AutoencoderTrainer trainer =
        new AutoencoderTrainer(network, OPTIMIZATION, RandomStream.of(1, "initialization"));
    for (int step = 0; step < STEPS_BEFORE; step++) {
      trainer.train(batch(network.data(), step), step, 1);
    }
    return trainer;
  }

  private static Batch batch(DataSpec data, int step) {
    int[] positions = new int[SIZE];
    Arrays.fill(positions, data.grid().positions());
    return new Batch(
        Slopes.random(DataType.FLOAT, "batch " + step, data.batchShape(SIZE)).muli(0.3),
        Condition.NONE,
        IntStream.range(0, SIZE).toArray(),
        positions);
  }

  /** All but the uniform one, which has no parameters and so takes no steps. */
  static Stream<Arguments> priorsAndShapes() {
    return EveryComponentTest.priors()
        .filter(prior -> !prior.equals("uniform"))
        .flatMap(
            prior ->
                Stream.of(
                        CodeShape.of(new Grid(3, 4), 7),
                        new CodeShape(
                            List.of(
                                new CodeMap("top", new Grid(2, 2), List.of(5)),
                                new CodeMap("bottom", new Grid(4, 4), List.of(7)))))
                    .map(shape -> Arguments.of(prior, shape)));
  }

  @ParameterizedTest
  @MethodSource("priorsAndShapes")
  void of_a_prior(String type, CodeShape shape) {
    Codes codes = RandomCodes.of(shape, SIZE, RandomStream.of(1, "codes"));
    Condition condition =
        Condition.ofLabels(IntStream.range(0, SIZE).map(i -> i % CLASSES).toArray());
    CodeBatch batch = new CodeBatch(codes, condition);
    StepInParts.ofPrior(() -> prior(type, shape, batch)).take(batch, SIZE, BORDER, 1);
  }

  private static PriorTrainer prior(String type, CodeShape shape, CodeBatch seen) {
    PriorNetwork network =
        PriorPerMap.of(
            TinyComponents.build(Prior.class, type, KERNELS),
            shape,
            Conditions.ofClasses(CLASSES),
            Scope.root(new RandomStreams(1)).child("prior"));
    PriorTrainer trainer =
        new PriorTrainer(
            Replicas.alone(new PriorModel(network, new CodeLoss(KERNELS))),
            OPTIMIZATION,
            RandomStream.of(1, "initialization"));
    network.observe(seen.codes(), seen.condition());
    if (network.parameters().stream().anyMatch(Parameter::isLearned)) {
      trainer.train(seen, 0, 1);
    }
    return trainer;
  }
}
