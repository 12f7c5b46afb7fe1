package org.vqvae.core.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

/**
 * Encoder, quantizer, decoder and likelihood for examples of one size: data to codes and back.
 *
 * <p>It trains nothing; its parameters are bound by the {@link Autoencoder} that it is part of.
 */
public final class Codec {
  private final Parts parts;
  private final DataSpec data;
  private final CodeSpace codeSpace;
  private final Block encoder;
  private final DecoderNetwork decoder;
  private final Likelihood likelihood;

  /**
   * What codecs of every size are built of.
   *
   * @param dataVariance the variance of the values of the training data
   */
  record Parts(Encoder encoder, Quantizer quantizer, Decoder decoder, double dataVariance) {}

  /**
   * Builds the networks.
   *
   * @throws IncompatibleException if the pieces do not fit
   */
  Codec(DataSpec data, Parts parts) {
    this.parts = parts;
    this.data = data;
    Quantizer quantizer = parts.quantizer;
    this.codeSpace = new CodeSpace(quantizer.codebookSize(), parts.encoder.latentGrid(data));
    this.encoder = parts.encoder.build(data, quantizer.codeDim());
    this.decoder = parts.decoder.build(data, codeSpace.grid(), quantizer.codeDim());
    this.likelihood = parts.decoder.likelihood(parts.dataVariance);
  }

  /**
   * The same for examples of another size, with the same parameters: those of this one, not copies.
   *
   * @throws IncompatibleException if the pieces do not take that size
   */
  Codec resized(Grid grid) {
    Codec resized = new Codec(data.withGrid(grid), parts);
    resized.share("encoder", encoder.parameters(), resized.encoder.parameters());
    resized.share("decoder", decoder.parameters(), resized.decoder.parameters());
    return resized;
  }

  private void share(String role, List<Parameter> from, List<Parameter> to) {
    if (!describe(from).equals(describe(to))) {
      throw new IncompatibleException(
          "this run's %s has other parameters for examples of grid %s than for those that it was trained on, so it cannot code them"
              .formatted(role, data.grid()));
    }
    for (int i = 0; i < to.size(); i++) {
      to.get(i).bind(from.get(i).value(), from.get(i).gradient());
    }
  }

  private static List<String> describe(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.name() + Arrays.toString(parameter.shape()))
        .toList();
  }

  /** The codes of a batch {@code [N, ...grid, channels]}, example after example. */
  public int[] encode(INDArray x) {
    return quantize(x).codes();
  }

  /** The quantizer's result for a batch, without training. */
  Quantized quantize(INDArray x) {
    INDArray latents = encoder.forward(x, Phase.EVAL);
    return parts.quantizer.quantize(
        latents.reshape('c', -1, parts.quantizer.codeDim()), Phase.EVAL);
  }

  /** See {@link Autoencoder#predict}. */
  INDArray predict(int[] codes, INDArray x, int @Nullable [] labels) {
    return decoder.forward(latents(codes), x, labels, Phase.EVAL);
  }

  /**
   * The data {@code [N, ...grid, channels]} that codes stand for, see {@link
   * DecoderNetwork#generate}; a new array.
   *
   * @param random where all chance comes from: the same stream, the same data
   */
  public INDArray decode(int[] codes, int @Nullable [] labels, RandomStream random) {
    return decoder.generate(latents(codes), labels, likelihood, random);
  }

  private INDArray latents(int[] codes) {
    int examples = codes.length / codeSpace.positions();
    if (examples * codeSpace.positions() != codes.length) {
      throw new IllegalArgumentException(
          "expected a multiple of %d codes (grid %s) but was %d"
              .formatted(codeSpace.positions(), codeSpace.grid(), codes.length));
    }
    Quantizer quantizer = parts.quantizer;
    return quantizer
        .lookup(codes)
        .reshape('c', codeSpace.grid().arrayShape(examples, quantizer.codeDim()));
  }

  public DataSpec data() {
    return data;
  }

  /** The form of its codes. */
  public CodeSpace codeSpace() {
    return codeSpace;
  }

  /** How many classes the decoder is told apart; 0 if it pays no heed to labels. */
  public int classes() {
    return decoder.classes();
  }

  /** See {@link Encoder#dataReach}. */
  public int dataReach() {
    return parts.encoder.dataReach();
  }

  /** See {@link Decoder#latentReach}. */
  public int latentReach() {
    return parts.decoder.latentReach();
  }

  Quantizer quantizer() {
    return parts.quantizer;
  }

  Likelihood likelihood() {
    return likelihood;
  }

  Block encoder() {
    return encoder;
  }

  DecoderNetwork decoder() {
    return decoder;
  }
}
