package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.graph.Codec;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Exhibits.Pair;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;

/** What a run makes for eye or ear: samples of its priors, and files of what it made. */
final class Gallery {
  /** Positions, samples or pixels: 64 examples of half a second of speech. */
  private static final int DECODED_AT_ONCE = 64 * 4_096;

  private final Experiment experiment;
  private final Codec codec;
  private final Grid size;

  /** Of examples of the size that was trained on. */
  Gallery(Experiment experiment) {
    this(experiment, experiment.autoencoder().network().data().grid());
  }

  /**
   * @param size of the examples that are drawn from priors
   */
  Gallery(Experiment experiment, Grid size) {
    this.experiment = experiment;
    this.size = size;
    Autoencoder autoencoder = experiment.autoencoder().network();
    Grid trained = autoencoder.data().grid();
    if (size.rank() != trained.rank()) {
      throw new IncompatibleException(
          "this run's examples are of size %s, so %s can be no size of theirs; give as many numbers, with an x between"
              .formatted(trained, size));
    }
    codec =
        size.equals(trained)
            ? autoencoder.codec()
            : autoencoder.codec(new AnySizeCoder(autoencoder).covering(size));
  }

  /** The form of the codes of one example. */
  CodeSpace codeSpace() {
    return codec.codeSpace();
  }

  /**
   * Examples drawn from a prior and decoded.
   *
   * @param labels the class of each, null when neither prior nor decoder is told
   */
  INDArray samples(
      FittedPrior prior, SamplingSettings settings, int count, int @Nullable [] labels, long seed) {
    RandomStream random = RandomStream.of(seed, "sampling/" + prior.name());
    CodeSampler sampler = new CodeSampler(prior.network(), codeSpace(), settings, random);
    int[] codes = sampler.sample(count, prior.conditional() ? labels : null);
    return decode(codes, labels, decoding(prior.name(), seed));
  }

  private static RandomStream decoding(String what, long seed) {
    return RandomStream.of(seed, "decoding/" + what);
  }

  /** Decodes any number of examples. */
  INDArray decode(int[] codes, int @Nullable [] labels, RandomStream random) {
    int positions = codeSpace().positions();
    int count = codes.length / positions;
    int step = Math.max(1, DECODED_AT_ONCE / codec.data().grid().positions());
    List<INDArray> parts = new ArrayList<>();
    for (int from = 0; from < count; from += step) {
      int to = Math.min(count, from + step);
      int[] some = Arrays.copyOfRange(codes, from * positions, to * positions);
      parts.add(
          codec.decode(some, labels == null ? null : Arrays.copyOfRange(labels, from, to), random));
    }
    return Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  /** Whether a sample depends on its class. */
  private boolean isConditional(FittedPrior prior) {
    return prior.conditional() || codec.classes() > 0;
  }

  /** As many of each class, class by class; null when neither prior nor decoder is told. */
  int @Nullable [] labels(FittedPrior prior, int count) {
    if (!isConditional(prior)) {
      return null;
    }
    int classes = codec.data().classes().size();
    return IntStream.range(0, count).map(i -> i * classes / count).toArray();
  }

  /** All of one class. */
  int[] labels(FittedPrior prior, int count, String className) {
    int label = new ClassNames(codec.data().classes()).label(className);
    if (!isConditional(prior)) {
      throw new IncompatibleException(
          "neither prior \"%s\" nor the decoder is told the class or speaker, so no samples can be of \"%s\"; leave the name out, or train a run with prior-training.class-conditional = true, or with a decoder that can be told (see class-conditional in: vqvae explain decoder TYPE)"
              .formatted(prior.name(), className));
    }
    int[] labels = new int[count];
    Arrays.fill(labels, label);
    return labels;
  }

  /** Writes examples, as their medium shows several. */
  List<Path> write(INDArray examples, Path folder, String name) {
    return media().writeAll(separate(examples), folder, name);
  }

  /** Writes originals with their reconstructions, and the page that compares them. */
  List<Path> write(Reconstructions made, Path folder, String name) {
    List<Example> originals = separate(made.originals());
    List<Example> reconstructions = separate(made.reconstructions());
    List<Path> files =
        new ArrayList<>(media().writePairs(originals, reconstructions, folder, name));
    List<Pair> pairs =
        IntStream.range(0, originals.size())
            .mapToObj(i -> new Pair(name(made, i), originals.get(i), reconstructions.get(i)))
            .toList();
    new ComparisonPage(experiment.config(), codec.data().medium())
        .write(pairs, folder)
        .ifPresent(files::add);
    return files;
  }

  private static String name(Reconstructions made, int i) {
    String known = made.names().get(i);
    return known.isEmpty() ? "test example " + made.indices()[i] : known;
  }

  private MediaFiles media() {
    return experiment.config().files(codec.data().medium());
  }

  private List<Example> separate(INDArray batch) {
    DataSpec form = codec.data();
    float[] values = FloatArrays.read(batch);
    int each = form.values();
    return IntStream.range(0, values.length / each)
        .mapToObj(i -> new Example(form, Arrays.copyOfRange(values, i * each, (i + 1) * each)))
        .map(example -> example.resized(size))
        .toList();
  }
}
