package org.vqvae.core.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.stage.FittedPrior;
import org.vqvae.core.stage.TrainedRun;

/** What a run makes of examples, made when it is first asked for and then kept. */
public final class RunEvidence implements Evidence {
  private static final double NANOS = 1e9;

  private final TrainedRun run;
  private final List<FittedPrior> priors;
  private final ModelNetwork network;
  private final GeneratedExamples generated;
  private final Map<Integer, Reconstructions> reconstructions = new HashMap<>();
  private final Map<Conversion, INDArray> conversions = new HashMap<>();
  private final Map<Optional<Codes>, Map<String, INDArray>> parts = new HashMap<>();
  private @Nullable List<Drawn> samples;

  /** What was converted, by the indices of the examples, and to which classes. */
  private record Conversion(List<Integer> indices, Condition as) {}

  public RunEvidence(TrainedRun run, List<FittedPrior> priors) {
    this.run = run;
    this.priors = priors;
    this.network = run.autoencoder().network();
    this.generated = new GeneratedExamples(network);
  }

  @Override
  public DataSpec data() {
    return network.data();
  }

  @Override
  public List<Field> fields() {
    return run.dataset().fields();
  }

  @Override
  public Workers workers() {
    return run.autoencoder().model().workers();
  }

  @Override
  public Optional<CodeShape> codeShape() {
    return network.codeShape();
  }

  @Override
  public Likelihood likelihood() {
    return network.likelihood();
  }

  @Override
  public Examples training() {
    return run.dataset().examples(Split.TRAIN);
  }

  @Override
  public Examples test() {
    return run.dataset().examples(Split.TEST);
  }

  @Override
  public Reconstructions reconstructions(int most) {
    return reconstructions.computeIfAbsent(most, this::reconstruct);
  }

  private Reconstructions reconstruct(int most) {
    Examples test = test();
    int[] order = RandomStream.of(seed(), "exhibits").permutation(test.size());
    int[] chosen = IntStream.of(order).limit(most).toArray();
    float[] values = new float[chosen.length * data().values()];
    for (int i = 0; i < chosen.length; i++) {
      test.read(chosen[i], values, i * data().values());
    }
    INDArray originals = FloatArrays.of(values, data().batchShape(chosen.length));
    Condition condition =
        data().classes().isEmpty()
            ? Condition.NONE
            : Condition.ofLabels(IntStream.of(chosen).map(test::label).toArray());
    Optional<Codes> codes = codeShape().map(shape -> network.encode(originals));
    return new Reconstructions(
        chosen,
        originals,
        decoded(codes, originals, condition, "decoding/exhibits"),
        codes,
        IntStream.of(chosen).map(index -> test.positions(index, data())).toArray(),
        condition,
        IntStream.of(chosen).mapToObj(index -> name(test, index)).toList());
  }

  /** By way of the codes, or of the latents of a model without. */
  private INDArray decoded(
      Optional<Codes> codes, INDArray originals, Condition condition, String stream) {
    RandomStream random = RandomStream.of(seed(), stream);
    return codes
        .map(some -> generated.decode(some, condition, random))
        .orElseGet(() -> network.reconstruct(originals, condition, random));
  }

  private String name(Examples test, int index) {
    return fields().stream()
        .map(field -> field.name() + " " + field.values().get(test.label(field, index)))
        .collect(Collectors.joining(", "));
  }

  @Override
  public Map<String, INDArray> parts(Reconstructions of) {
    return parts.computeIfAbsent(
        of.codes(),
        codes ->
            codes
                .map(
                    some ->
                        network.decodeParts(
                            some, of.condition(), RandomStream.of(seed(), "decoding/parts")))
                .orElseGet(LinkedHashMap::new));
  }

  @Override
  public int decoderClasses() {
    return network.classes();
  }

  @Override
  public INDArray converted(Reconstructions of, Condition as) {
    return conversions.computeIfAbsent(
        new Conversion(IntStream.of(of.indices()).boxed().toList(), as),
        key -> decoded(of.codes(), of.originals(), as, "decoding/conversions"));
  }

  @Override
  public List<Drawn> samples() {
    if (samples == null) {
      int count = run.settings().sampling().count();
      List<Drawn> drawn = new ArrayList<>();
      priors.forEach(
          prior -> drawn.add(draw(prior, count, generated.classes(prior.conditional(), count))));
      if (network.canDraw()) {
        drawn.add(drawLatents(count));
      }
      samples = List.copyOf(drawn);
    }
    return samples;
  }

  @Override
  public Optional<Drawn> samplesByClass(int each) {
    int count = data().classes().size() * each;
    return priors.stream()
        .filter(prior -> prior.conditional() && prior.name().equals(run.chosenPrior()))
        .findFirst()
        .map(
            prior ->
                draw(
                    prior,
                    count,
                    Condition.ofLabels(IntStream.range(0, count).map(i -> i / each).toArray())));
  }

  private Drawn draw(FittedPrior prior, int count, Condition condition) {
    return timed(
        prior.name(),
        condition,
        () -> generated.samples(prior, run.samplingSettings(), count, condition, seed()));
  }

  private Drawn drawLatents(int count) {
    Condition condition = generated.classes(false, count);
    return timed(LATENTS, condition, () -> generated.drawn(count, condition, seed()));
  }

  private static Drawn timed(String name, Condition condition, Supplier<INDArray> work) {
    long start = System.nanoTime();
    INDArray examples = work.get();
    return new Drawn(name, examples, condition, (System.nanoTime() - start) / NANOS);
  }

  private long seed() {
    return run.settings().seed();
  }
}
