package org.vqvae.core.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Split;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.ImageGrid;
import org.vqvae.core.report.Images;
import org.vqvae.core.report.Png;
import org.vqvae.core.sampling.CodeSampler;
import org.vqvae.core.sampling.SamplingSettings;

/** What a run makes for the eye: reconstructions of test examples, and samples of its priors. */
final class Gallery {
  private static final int COLUMNS = 8;
  private static final int GAP = 2;
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
      FittedPrior prior, SamplingSettings settings, int count, int @Nullable [] labels, long seed) {
    RandomStream random = RandomStream.of(seed, "sampling/" + prior.name());
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

  /** All of one class. */
  int[] labels(FittedPrior prior, int count, String className) {
    int label = autoencoder.data().classes().indexOf(className);
    if (!prior.conditional() || label < 0) {
      throw new IncompatibleException(
          prior.conditional()
              ? "no such class: \"%s\"; there are: %s"
                  .formatted(className, String.join(", ", autoencoder.data().classes()))
              : "prior \"%s\" was not told classes: train one with prior-training.class-conditional = true"
                  .formatted(prior.name()));
    }
    int[] labels = new int[count];
    Arrays.fill(labels, label);
    return labels;
  }

  /** Writes pictures as one sheet. */
  Path write(INDArray pictures, Path file) {
    return write(new ImageGrid(COLUMNS, GAP).sheet(Images.of(pictures)), file);
  }

  /** Writes originals above reconstructions. */
  Path write(Reconstructions made, Path file) {
    Images originals = Images.of(made.originals());
    return write(
        new ImageGrid(COLUMNS, GAP).pairs(originals, Images.of(made.reconstructions())), file);
  }

  private static Path write(BufferedImage sheet, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Png.write(sheet, file);
    return file;
  }
}
