package org.vqvae.core.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Evidence;

/** What a run makes of examples, made when it is first asked for and then kept. */
final class RunEvidence implements Evidence {
  private static final double NANOS = 1e9;

  private final Experiment experiment;
  private final List<FittedPrior> priors;
  private final Autoencoder autoencoder;
  private final Gallery gallery;
  private final Map<Integer, Reconstructions> reconstructions = new HashMap<>();
  private final Map<Conversion, INDArray> conversions = new HashMap<>();
  private @Nullable List<Drawn> samples;

  /** Codes, and the classes to decode them as. */
  private record Conversion(List<Integer> codes, List<Integer> labels) {}

  RunEvidence(Experiment experiment, List<FittedPrior> priors) {
    this.experiment = experiment;
    this.priors = priors;
    this.autoencoder = experiment.autoencoder().network();
    this.gallery = new Gallery(experiment);
  }

  @Override
  public DataSpec data() {
    return autoencoder.data();
  }

  @Override
  public List<Field> fields() {
    return experiment.dataset().fields();
  }

  @Override
  public CodeSpace codeSpace() {
    return autoencoder.codeSpace();
  }

  @Override
  public Likelihood likelihood() {
    return autoencoder.likelihood();
  }

  @Override
  public Examples training() {
    return experiment.dataset().examples(Split.TRAIN);
  }

  @Override
  public Examples test() {
    return experiment.dataset().examples(Split.TEST);
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
    int[] codes = autoencoder.encode(originals);
    int @Nullable [] labels =
        data().classes().isEmpty() ? null : IntStream.of(chosen).map(test::label).toArray();
    return new Reconstructions(
        chosen,
        originals,
        gallery.decode(codes, labels, RandomStream.of(seed(), "decoding/exhibits")),
        codes,
        IntStream.of(chosen).map(index -> test.positions(index, data())).toArray(),
        labels,
        IntStream.of(chosen).mapToObj(index -> name(test, index)).toList());
  }

  private String name(Examples test, int index) {
    return fields().stream()
        .map(field -> field.name() + " " + field.values().get(test.label(field, index)))
        .collect(Collectors.joining(", "));
  }

  @Override
  public int decoderClasses() {
    return autoencoder.codec().classes();
  }

  @Override
  public INDArray converted(Reconstructions of, int[] labels) {
    Conversion wanted =
        new Conversion(
            IntStream.of(of.codes()).boxed().toList(), IntStream.of(labels).boxed().toList());
    return conversions.computeIfAbsent(
        wanted,
        key -> gallery.decode(of.codes(), labels, RandomStream.of(seed(), "decoding/conversions")));
  }

  @Override
  public List<Drawn> samples() {
    if (samples == null) {
      samples = priors.stream().map(this::sample).toList();
    }
    return samples;
  }

  private Drawn sample(FittedPrior prior) {
    int count = experiment.config().settings().sampling().count();
    return draw(prior, count, gallery.labels(prior, count));
  }

  @Override
  public Optional<Drawn> samplesByClass(int each) {
    int[] labels = IntStream.range(0, data().classes().size() * each).map(i -> i / each).toArray();
    return priors.stream()
        .filter(prior -> prior.conditional() && prior.name().equals(experiment.chosenPrior()))
        .findFirst()
        .map(prior -> draw(prior, labels.length, labels));
  }

  private Drawn draw(FittedPrior prior, int count, int @Nullable [] labels) {
    long start = System.nanoTime();
    INDArray examples =
        gallery.samples(prior, experiment.samplingSettings(), count, labels, seed());
    return new Drawn(prior.name(), examples, labels, (System.nanoTime() - start) / NANOS);
  }

  private long seed() {
    return experiment.config().settings().seed();
  }
}
