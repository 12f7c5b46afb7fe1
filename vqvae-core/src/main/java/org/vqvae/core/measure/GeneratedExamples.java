package org.vqvae.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.coder.AnySizeCoder;
import org.vqvae.core.coder.ClassNames;
import org.vqvae.core.data.Example;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.stage.FittedPrior;

/** Examples that a model makes: decoded codes, and samples of priors or of its own latents. */
public final class GeneratedExamples {
  private static final int DECODED_AT_ONCE = 64;

  private final ModelNetwork network;

  public GeneratedExamples(ModelNetwork network) {
    this.network = network;
  }

  /** Examples drawn from a prior and decoded, of the size that was trained on. */
  INDArray samples(
      FittedPrior prior, SamplingSettings settings, int count, Condition condition, long seed) {
    Codes codes = draw(prior, network.codeShape().orElseThrow(), settings, count, condition, seed);
    return decode(network, codes, condition, decoding(prior.name(), seed));
  }

  /** Examples of any size, drawn from a prior that was built for their codes, and decoded. */
  public List<Example> samples(
      FittedPrior prior,
      Grid size,
      SamplingSettings settings,
      int count,
      Condition condition,
      long seed) {
    if (size.equals(network.data().grid())) {
      return separate(samples(prior, settings, count, condition, seed), network.data());
    }
    AnySizeCoder coder = new AnySizeCoder(network);
    CodeShape shape = coder.shape(size);
    Codes codes = draw(prior, shape, settings, count, condition, seed);
    RandomStream random = decoding(prior.name(), seed);
    if (network.latentReach() >= shape.map(0).grid().size(0)) {
      ModelNetwork resized = coder.resized(coder.covering(size)); // all at once, on all processors
      return resized(decode(resized, codes, condition, random), resized.data(), size);
    }
    return IntStream.range(0, count)
        .mapToObj(
            i -> coder.decode(codes.examples(i, i + 1), size, condition.examples(i, i + 1), random))
        .toList();
  }

  private static Codes draw(
      FittedPrior prior,
      CodeShape shape,
      SamplingSettings settings,
      int count,
      Condition condition,
      long seed) {
    RandomStream random = RandomStream.of(seed, "sampling/" + prior.name());
    return new CodeSampler(prior.prior(), shape, settings, random)
        .sample(count, prior.of(condition));
  }

  /** Examples of any size from the model's own latents. */
  public List<Example> drawn(Grid size, int count, Condition condition, long seed) {
    if (size.equals(network.data().grid())) {
      return separate(drawn(count, condition, seed), network.data());
    }
    AnySizeCoder coder = new AnySizeCoder(network);
    ModelNetwork resized = coder.resized(coder.covering(size));
    INDArray examples =
        resized.draw(count, condition, RandomStream.of(seed, "sampling/" + Evidence.LATENTS));
    return resized(examples, resized.data(), size);
  }

  /** Examples from the model's own latents, of the size that was trained on. */
  INDArray drawn(int count, Condition condition, long seed) {
    return network.draw(count, condition, RandomStream.of(seed, "sampling/" + Evidence.LATENTS));
  }

  private static RandomStream decoding(String what, long seed) {
    return RandomStream.of(seed, "decoding/" + what);
  }

  /** Decodes any number of examples, of the size that was trained on. */
  INDArray decode(Codes codes, Condition condition, RandomStream random) {
    return decode(network, codes, condition, random);
  }

  private static INDArray decode(
      ModelNetwork network, Codes codes, Condition condition, RandomStream random) {
    List<INDArray> parts = new ArrayList<>();
    for (int from = 0; from < codes.examples(); from += DECODED_AT_ONCE) {
      int to = Math.min(codes.examples(), from + DECODED_AT_ONCE);
      parts.add(network.decode(codes.examples(from, to), condition.examples(from, to), random));
    }
    return Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  /**
   * The classes to draw, as many of each, class by class; none if nothing depends on the class.
   *
   * @param conditional whether the prior is conditioned on it
   */
  public Condition classes(boolean conditional, int count) {
    if (!conditional && network.classes() == 0) {
      return Condition.NONE;
    }
    int classes = network.data().classes().size();
    return Condition.ofLabels(IntStream.range(0, count).map(i -> i * classes / count).toArray());
  }

  /**
   * One class for all.
   *
   * @param source what is drawn from, such as {@code prior "pixelcnn"}
   */
  public Condition ofClass(String source, boolean conditional, int count, String className) {
    int label = new ClassNames(network.data().classes()).label(className);
    if (!conditional && network.classes() == 0) {
      throw new IncompatibleException(
          "neither %s nor the decoder is conditioned on the class or speaker, so no samples can be of \"%s\"; leave the name out, or train a run with prior-training.class-conditional = true, or with a decoder that is conditioned (see class-conditional in: vqvae explain decoder TYPE)"
              .formatted(source, className));
    }
    return Condition.ofLabel(label, count);
  }

  private static List<Example> resized(INDArray batch, DataSpec form, Grid size) {
    return separate(batch, form).stream().map(example -> example.resized(size)).toList();
  }

  /** The examples of a batch. */
  static List<Example> separate(INDArray batch, DataSpec form) {
    float[] values = FloatArrays.read(batch);
    int each = form.values();
    return IntStream.range(0, values.length / each)
        .mapToObj(i -> new Example(form, Arrays.copyOfRange(values, i * each, (i + 1) * each)))
        .toList();
  }
}
