package org.vqvae.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Split;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;

/** What a run makes for the eye: reconstructions of test examples, and samples of its priors. */
final class Gallery {
  private static final int DECODED_AT_ONCE = 64;

  private final Experiment experiment;
  private final Autoencoder autoencoder;

  Gallery(Experiment experiment) {
    this.experiment = experiment;
    this.autoencoder = experiment.autoencoder().network();
  }

  /**
   * Originals and what became of them.
   *
   * @param originals {@code [N, ...grid, channels]}
   * @param reconstructions the same
   */
  record Reconstructions(INDArray originals, INDArray reconstructions) {}

  /** The first examples of the test split. */
  Reconstructions reconstructions(int count) {
    Batches batches =
        new Batches(experiment.dataset(), Split.TEST, count, experiment.random().seed());
    Batch batch = batches.inOrder().iterator().next();
    INDArray originals = batch.data().dup();
    int[] codes = autoencoder.encode(originals);
    return new Reconstructions(originals, autoencoder.decode(codes, batch.labels()));
  }

  /**
   * Examples drawn from a prior and decoded.
   *
   * @param labels the class of each, null when the prior is not conditioned
   */
  INDArray samples(
      FittedPrior prior, SamplingSettings settings, int count, int @Nullable [] labels) {
    RandomStream random =
        RandomStream.of(experiment.random().seed(), "sampling/" + prior.name());
    CodeSampler sampler =
        new CodeSampler(prior.network(), autoencoder.codeSpace(), settings, random);
    return decode(sampler.sample(count, labels), labels);
  }

  /** Decodes any number of examples. */
  INDArray decode(int[] codes, int @Nullable [] labels) {
    int positions = autoencoder.codeSpace().positions();
    int count = codes.length / positions;
    List<INDArray> parts = new ArrayList<>();
    for (int from = 0; from < count; from += DECODED_AT_ONCE) {
      int to = Math.min(count, from + DECODED_AT_ONCE);
      int[] some = Arrays.copyOfRange(codes, from * positions, to * positions);
      parts.add(
          autoencoder.decode(some, labels == null ? null : Arrays.copyOfRange(labels, from, to)));
    }
    return Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  /** As many of each class, class by class; null when the prior is not conditioned. */
  int @Nullable [] labels(FittedPrior prior, int count) {
    if (!prior.conditional()) {
      return null;
    }
    int classes = autoencoder.data().classes().size();
    return IntStream.range(0, count).map(i -> i * classes / count).toArray();
  }
}
