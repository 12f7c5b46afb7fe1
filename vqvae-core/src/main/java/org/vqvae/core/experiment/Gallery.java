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
  private static final int DECODED_AT_ONCE = 64;

  private final Experiment experiment;
  private final Autoencoder autoencoder;

  Gallery(Experiment experiment) {
    this.experiment = experiment;
    this.autoencoder = experiment.autoencoder().network();
  }

  /**
   * Examples drawn from a prior and decoded, of the size that was trained on.
   *
   * @param labels the class of each, null when neither prior nor decoder is told
   */
  INDArray samples(
      FittedPrior prior, SamplingSettings settings, int count, int @Nullable [] labels, long seed) {
    int[] codes = draw(prior, autoencoder.codeSpace(), settings, count, labels, seed);
    return decode(codes, labels, decoding(prior.name(), seed));
  }

  /**
   * The form of the codes of an example of any size.
   *
   * @throws IncompatibleException if it can be none of this run's examples
   */
  CodeSpace codeSpace(Grid size) {
    Grid trained = autoencoder.data().grid();
    if (size.rank() != trained.rank()) {
      throw new IncompatibleException(
          "this run's examples are of size %s, so %s can be no size of theirs; give as many numbers, with an x between"
              .formatted(trained, size));
    }
    return size.equals(trained)
        ? autoencoder.codeSpace()
        : new AnySizeCoder(autoencoder).space(size);
  }

  /**
   * Examples of any size, drawn from a prior and decoded.
   *
   * @param prior built for {@link #codeSpace(Grid)}
   * @param labels the class of each, null when neither prior nor decoder is told
   */
  List<Example> samples(
      FittedPrior prior,
      Grid size,
      SamplingSettings settings,
      int count,
      int @Nullable [] labels,
      long seed) {
    if (size.equals(autoencoder.data().grid())) {
      return separate(samples(prior, settings, count, labels, seed), autoencoder.data());
    }
    CodeSpace space = codeSpace(size);
    int[] codes = draw(prior, space, settings, count, labels, seed);
    RandomStream random = decoding(prior.name(), seed);
    AnySizeCoder coder = new AnySizeCoder(autoencoder);
    if (autoencoder.codec().latentReach() >= space.grid().size(0)) {
      Codec codec = autoencoder.codec(coder.covering(size)); // all at once, on all processors
      return separate(decode(codec, codes, labels, random), codec.data()).stream()
          .map(example -> example.resized(size))
          .toList();
    }
    int each = space.positions();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                coder.decode(
                    Arrays.copyOfRange(codes, i * each, (i + 1) * each),
                    size,
                    labels == null ? -1 : labels[i],
                    random))
        .toList();
  }

  private static int[] draw(
      FittedPrior prior,
      CodeSpace space,
      SamplingSettings settings,
      int count,
      int @Nullable [] labels,
      long seed) {
    RandomStream random = RandomStream.of(seed, "sampling/" + prior.name());
    return new CodeSampler(prior.network(), space, settings, random)
        .sample(count, prior.conditional() ? labels : null);
  }

  private static RandomStream decoding(String what, long seed) {
    return RandomStream.of(seed, "decoding/" + what);
  }

  /** Decodes any number of examples, of the size that was trained on. */
  INDArray decode(int[] codes, int @Nullable [] labels, RandomStream random) {
    return decode(autoencoder.codec(), codes, labels, random);
  }

  private static INDArray decode(
      Codec codec, int[] codes, int @Nullable [] labels, RandomStream random) {
    int positions = codec.codeSpace().positions();
    int count = codes.length / positions;
    List<INDArray> parts = new ArrayList<>();
    for (int from = 0; from < count; from += DECODED_AT_ONCE) {
      int to = Math.min(count, from + DECODED_AT_ONCE);
      int[] some = Arrays.copyOfRange(codes, from * positions, to * positions);
      parts.add(
          codec.decode(some, labels == null ? null : Arrays.copyOfRange(labels, from, to), random));
    }
    return Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  /** Whether a sample depends on its class. */
  private boolean isConditional(FittedPrior prior) {
    return prior.conditional() || autoencoder.codec().classes() > 0;
  }

  /** As many of each class, class by class; null when neither prior nor decoder is told. */
  int @Nullable [] labels(FittedPrior prior, int count) {
    if (!isConditional(prior)) {
      return null;
    }
    int classes = autoencoder.data().classes().size();
    return IntStream.range(0, count).map(i -> i * classes / count).toArray();
  }

  /** All of one class. */
  int[] labels(FittedPrior prior, int count, String className) {
    int label = new ClassNames(autoencoder.data().classes()).label(className);
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
  List<Path> write(List<Example> examples, Path folder, String name) {
    return media().writeAll(examples, folder, name);
  }

  /** Writes originals with their reconstructions, and the page that compares them. */
  List<Path> write(Reconstructions made, Path folder, String name) {
    List<Example> originals = unfilled(made.originals(), made.positions());
    List<Example> reconstructions = unfilled(made.reconstructions(), made.positions());
    List<Path> files =
        new ArrayList<>(media().writePairs(originals, reconstructions, folder, name));
    ComparisonPage page = new ComparisonPage(experiment.config(), autoencoder.data().medium());
    for (int i = 0; i < originals.size(); i++) {
      page.add(new Pair(name(made, i), originals.get(i), reconstructions.get(i)));
    }
    page.write(folder, name).ifPresent(files::add);
    return files;
  }

  private static String name(Reconstructions made, int i) {
    String known = made.names().get(i);
    return known.isEmpty() ? "test example " + made.indices()[i] : known;
  }

  private MediaFiles media() {
    return experiment.config().files(autoencoder.data().medium());
  }

  /** The examples of a batch, sequences without what fills them up. */
  private List<Example> unfilled(INDArray batch, int[] positions) {
    List<Example> examples = separate(batch, autoencoder.data());
    return autoencoder.data().grid().rank() > 1
        ? examples
        : IntStream.range(0, positions.length)
            .mapToObj(i -> examples.get(i).resized(new Grid(positions[i])))
            .toList();
  }

  private static List<Example> separate(INDArray batch, DataSpec form) {
    float[] values = FloatArrays.read(batch);
    int each = form.values();
    return IntStream.range(0, values.length / each)
        .mapToObj(i -> new Example(form, Arrays.copyOfRange(values, i * each, (i + 1) * each)))
        .toList();
  }
}
