package org.vqvae.core.nn;

import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.random.RandomStream;

/**
 * An autoencoder for examples of one size: trains, encodes and decodes.
 *
 * <p>Training, evaluation, encoding and decoding take the same road through the parts. Not
 * thread-safe.
 */
public interface ModelNetwork extends Parameterized {

  /** The form of the examples. */
  DataSpec data();

  /** The likelihood p(x | z) whose parameters the decoder computes. */
  Likelihood likelihood();

  /** The form of the codes of one example: what a prior must model. Empty: there are no codes. */
  Optional<CodeShape> codeShape();

  /**
   * Values of a code vector, or of a latent without codes; of the finest map if there are several.
   */
  int latentDim();

  /** How many classes the decoder is conditioned on; 0 if it ignores them. */
  int classes();

  /** Whether {@link #observe} must see the next training batch before its step. */
  boolean isObserving();

  /** Sees a whole training batch before its step, while {@link #isObserving}. */
  void observe(INDArray x);

  /**
   * The whole road: encoder, bottleneck, decoder, loss.
   *
   * @param x {@code [N, ...grid, channels]}
   */
  Pass forward(INDArray x, Condition condition, Phase phase);

  /** Sets the gradient of every learned parameter, that of the loss of the last forward pass. */
  void backward();

  /**
   * Lets the bottlenecks learn from the statistics of a whole batch, after the optimizer's step.
   */
  void update(Statistics batch);

  /** Figures of a whole set, from the sum of the statistics of evaluation passes over it. */
  Map<String, Double> figures(Statistics set);

  /**
   * The codes of a batch.
   *
   * @throws org.vqvae.core.IncompatibleException if this model has none
   */
  Codes encode(INDArray x);

  /**
   * The second half of the road, from codes on: p(x | codes), where a decoder that looks at the
   * data is given the true data.
   *
   * @param codes of this model's shape, or of fewer levels of it
   */
  Pass score(Codes codes, INDArray x, Condition condition);

  /**
   * The data {@code [N, ...grid, channels]} that codes stand for, see {@link
   * DecoderNetwork#generate}; a new array.
   *
   * @param codes of this model's shape, or of fewer levels of it
   * @param random where all chance comes from: the same stream, the same data
   */
  INDArray decode(Codes codes, Condition condition, RandomStream random);

  /** What becomes of data: encoded and decoded, also by a model without codes; a new array. */
  INDArray reconstruct(INDArray x, Condition condition, RandomStream random);

  /**
   * New data, from latents drawn from the bottleneck's own prior; a new array.
   *
   * @throws org.vqvae.core.IncompatibleException if it has none
   */
  INDArray draw(int examples, Condition condition, RandomStream random);

  /** Whether {@link #draw} can draw. */
  boolean canDraw();

  /**
   * What parts of the codes alone stand for, by the name of the part, coarse first: the first
   * levels of several, or one map of several. Empty where there is one codebook.
   */
  Map<String, INDArray> decodeParts(Codes codes, Condition condition, RandomStream random);

  /**
   * The same model for examples of another size, with the same parameters: those of this one, not
   * copies.
   *
   * @throws org.vqvae.core.IncompatibleException if the parts do not take that size
   */
  ModelNetwork resized(Grid grid);

  /** The grid of the finest latents. */
  Grid latentGrid();

  /** See {@link org.vqvae.core.Encoder#dataReach}, in the finest latents. */
  int dataReach();

  /** See {@link org.vqvae.core.Decoder#latentReach}, in the finest latents. */
  int latentReach();
}
