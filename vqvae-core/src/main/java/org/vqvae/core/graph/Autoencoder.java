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
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.nn.Buffers;
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
  private final Codec codec;
  private final QuantizerNode quantizerNode;
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
    this.codec = new Codec(data, new Codec.Parts(encoder, quantizer, decoder, dataVariance));
    this.quantizerNode = new QuantizerNode(quantizer, latentWeight);
    this.graph =
        new StageGraph.Builder(updater)
            .inputs("data", "labels")
            .node("encoder", new EncoderNode(codec.encoder()), "data")
            .node("quantizer", quantizerNode, "encoder")
            .node("decoder", new DecoderNode(codec.decoder()), "quantizer", "data", "labels")
            .build(random);
  }

  /** One step of gradient descent on a batch {@code [N, ...grid, channels]}. */
  public Step train(INDArray x, int @Nullable [] labels) {
    INDArray prediction = graph.forward(x, Labels.toArray(labels, x.size(0)));
    INDArray gradient = buffers.get("gradient", prediction.dataType(), prediction.shape());
    double reconstruction = codec.likelihood().loss(prediction, x, gradient);
    double penalty = codec.likelihood().addPenalty(prediction, x, gradient);
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
    return codec.encode(x);
  }

  /** The quantizer's result for a batch, without training. */
  public Quantized quantize(INDArray x) {
    return codec.quantize(x);
  }

  /**
   * The parameters of p(x | z_q) for a batch and its own codes.
   *
   * @return {@code [N, ...grid, parameters]}, overwritten by the next call
   */
  public INDArray predict(int[] codes, INDArray x, int @Nullable [] labels) {
    return codec.predict(codes, x, labels);
  }

  /** See {@link Codec#decode}. */
  public INDArray decode(int[] codes, int @Nullable [] labels, RandomStream random) {
    return codec.decode(codes, labels, random);
  }

  /** What codes examples of the size that this one trains on. */
  public Codec codec() {
    return codec;
  }

  /**
   * What codes examples of another size with this one's parameters: if this one goes on training,
   * so does that.
   *
   * @throws org.vqvae.core.IncompatibleException if the pieces do not take that size
   */
  public Codec codec(Grid grid) {
    return codec.resized(grid);
  }

  public DataSpec data() {
    return codec.data();
  }

  /** The form of its codes: what a prior must model. */
  public CodeSpace codeSpace() {
    return codec.codeSpace();
  }

  /** D, the length of a code vector. */
  public int codeDim() {
    return codec.quantizer().codeDim();
  }

  public Likelihood likelihood() {
    return codec.likelihood();
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
