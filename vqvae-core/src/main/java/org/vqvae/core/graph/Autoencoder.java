package org.vqvae.core.graph;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

/**
 * A VQ-VAE: encoder, quantizer, decoder and likelihood as one network that trains, encodes and
 * decodes.
 *
 * <p>Its objective (van den Oord et al. 2017, eq. 3) is {@code reconstruction + latentWeight *
 * (codebook + commitment)}: nats per data value, plus squared distances averaged over all elements
 * of the latents; and the penalty of a likelihood that has one.
 */
public final class Autoencoder implements Trained {
  private final DataSpec data;
  private final CodeSpace codeSpace;
  private final Block encoder;
  private final Quantizer quantizer;
  private final QuantizerNode quantizerNode;
  private final DecoderNetwork decoder;
  private final Likelihood likelihood;
  private final StageGraph graph;
  private final Buffers buffers = new Buffers();

  /**
   * What one training step did.
   *
   * @param reconstruction -ln p(x | z_q) in nats, averaged over all values of the batch
   * @param penalty see {@link Likelihood#addPenalty}
   * @param codebookLoss see {@link Quantized#codebookLoss()}
   * @param commitmentLoss see {@link Quantized#commitmentLoss()}
   * @param codes the codes of the batch
   */
  public record Step(
      double reconstruction,
      double penalty,
      double codebookLoss,
      double commitmentLoss,
      int[] codes) {}

  /**
   * Builds the network and gives its parameters their first values.
   *
   * @param dataVariance the variance of the values of the training data
   * @param latentWeight the factor of the quantizer's loss
   * @throws org.vqvae.core.IncompatibleException if the pieces do not fit
   */
  public Autoencoder(
      DataSpec data,
      double dataVariance,
      Encoder encoder,
      Quantizer quantizer,
      Decoder decoder,
      double latentWeight,
      IUpdater updater,
      RandomStream random) {
    this.data = data;
    this.codeSpace = new CodeSpace(quantizer.codebookSize(), encoder.latentGrid(data));
    this.encoder = encoder.build(data, quantizer.codeDim());
    this.quantizer = quantizer;
    this.quantizerNode = new QuantizerNode(quantizer, latentWeight);
    this.decoder = decoder.build(data, codeSpace.grid(), quantizer.codeDim());
    this.likelihood = decoder.likelihood(dataVariance);
    this.graph =
        new StageGraph.Builder(updater)
            .inputs("data", "labels")
            .node("encoder", new EncoderNode(this.encoder), "data")
            .node("quantizer", quantizerNode, "encoder")
            .node("decoder", new DecoderNode(this.decoder), "quantizer", "data", "labels")
            .build(random);
  }

  /** One step of gradient descent on a batch {@code [N, ...grid, channels]}. */
  public Step train(INDArray x, int @Nullable [] labels) {
    INDArray prediction = graph.forward(x, Labels.toArray(labels, x.size(0)));
    INDArray gradient = buffers.get("gradient", prediction.dataType(), prediction.shape());
    double reconstruction = likelihood.loss(prediction, x, gradient);
    double penalty = likelihood.addPenalty(prediction, x, gradient);
    Quantized quantized = quantizerNode.last();
    graph.update(gradient);
    return new Step(
        reconstruction,
        penalty,
        quantized.codebookLoss(),
        quantized.commitmentLoss(),
        quantized.codes());
  }

  /** The codes of a batch, example after example. */
  public int[] encode(INDArray x) {
    return quantize(x).codes();
  }

  /** The quantizer's result for a batch, without training. */
  public Quantized quantize(INDArray x) {
    INDArray latents = encoder.forward(x, Phase.EVAL);
    return quantizer.quantize(latents.reshape('c', -1, quantizer.codeDim()), Phase.EVAL);
  }

  /**
   * The parameters of p(x | z_q) for a batch and its own codes.
   *
   * @return {@code [N, ...grid, parameters]}, overwritten by the next call
   */
  public INDArray predict(int[] codes, INDArray x, int @Nullable [] labels) {
    return decoder.forward(latents(codes), x, labels, Phase.EVAL);
  }

  /**
   * The data {@code [N, ...grid, channels]} that codes stand for, see {@link
   * DecoderNetwork#generate}; a new array. The same codes give the same data at every call.
   */
  public INDArray decode(int[] codes, int @Nullable [] labels) {
    return decoder.generate(latents(codes), labels, likelihood, RandomStream.of(0, "decoding"));
  }

  private INDArray latents(int[] codes) {
    int examples = codes.length / codeSpace.positions();
    if (examples * codeSpace.positions() != codes.length) {
      throw new IllegalArgumentException(
          "expected a multiple of %d codes (grid %s) but was %d"
              .formatted(codeSpace.positions(), codeSpace.grid(), codes.length));
    }
    return quantizer
        .lookup(codes)
        .reshape('c', codeSpace.grid().arrayShape(examples, quantizer.codeDim()));
  }

  public DataSpec data() {
    return data;
  }

  /** The form of its codes: what a prior must model. */
  public CodeSpace codeSpace() {
    return codeSpace;
  }

  /** D, the length of a code vector. */
  public int codeDim() {
    return quantizer.codeDim();
  }

  public Likelihood likelihood() {
    return likelihood;
  }

  @Override
  public List<Parameter> parameters() {
    return graph.parameters();
  }

  @Override
  public INDArray optimizerState() {
    return requireNonNull(graph.optimizerState());
  }

  @Override
  public int updates() {
    return graph.iteration();
  }

  @Override
  public void setUpdates(int updates) {
    graph.setIteration(updates);
  }
}
