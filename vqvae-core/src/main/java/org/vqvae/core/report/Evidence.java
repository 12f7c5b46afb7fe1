package org.vqvae.core.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.kernel.Workers;

/** What a trained run makes of examples, for {@link Exhibits}. The same call gives the same. */
public interface Evidence {
  /** The name of the prior that latents without codes have of their own, such as N(0, I). */
  String LATENTS = "latents";

  DataSpec data();

  /** What is known of every example. */
  List<Field> fields();

  /** Who can share the work of a figure. */
  Workers workers();

  /** The form of the codes of one example; empty of a model without codes. */
  Optional<CodeShape> codeShape();

  /** The decoder's likelihood. */
  Likelihood likelihood();

  Examples training();

  Examples test();

  /**
   * Test examples, drawn by the seed, and what becomes of them.
   *
   * @param most how many at most; fewer are the first of more
   */
  Reconstructions reconstructions(int most);

  /**
   * What parts of the codes of those examples alone are decoded to, such as the first level of
   * several or one map of several.
   *
   * @return {@code [N, ...grid, channels]} by the name of the part, coarse first; empty of a model
   *     whose codes have one part only
   */
  Map<String, INDArray> parts(Reconstructions of);

  /**
   * How many classes the decoder is conditioned on; 0 if it ignores them: none can be converted.
   */
  int decoderClasses();

  /**
   * Those examples, decoded as other classes.
   *
   * @param as the class of each
   * @return {@code [N, ...grid, channels]}
   */
  INDArray converted(Reconstructions of, Condition as);

  /**
   * Examples drawn from every prior, the chosen one last; from the latents' own prior, named {@link
   * #LATENTS}, where there are no codes; empty where nothing can be drawn.
   */
  List<Drawn> samples();

  /** As many examples of each class from the chosen prior; empty if it ignores the class. */
  Optional<Drawn> samplesByClass(int each);

  /**
   * Originals and what becomes of them.
   *
   * @param indices which test examples they are
   * @param originals {@code [N, ...grid, channels]}
   * @param reconstructions the same
   * @param codes of the N examples; empty of a model without codes
   * @param positions how many of the positions of each are data, see {@link Examples#positions}
   * @param condition the class of each; nothing when the data has no classes
   * @param names what is known of each, such as {@code speaker adam, vowel i}; empty if nothing is
   */
  record Reconstructions(
      int[] indices,
      INDArray originals,
      INDArray reconstructions,
      Optional<Codes> codes,
      int[] positions,
      Condition condition,
      List<String> names) {

    public int count() {
      return names.size();
    }
  }

  /**
   * Examples drawn from a prior.
   *
   * @param prior its name, or {@link #LATENTS}
   * @param examples {@code [N, ...grid, channels]}
   * @param condition the class that each was drawn for; nothing when the prior ignores it
   * @param seconds that drawing and decoding took
   */
  record Drawn(String prior, INDArray examples, Condition condition, double seconds) {

    /** What the prior makes codes or latents cost, such as {@code 6.12 bits per code}. */
    public String cost(Results results) {
      OptionalDouble bits = results.number(ResultKeys.PRIOR_BITS.of(prior));
      OptionalDouble rate = results.number(ResultKeys.BOUND_RATE.of(prior));
      if (bits.isPresent()) {
        return Figures.decimals(bits.getAsDouble(), 2) + " bits per code";
      }
      return rate.isPresent() ? Figures.decimals(rate.getAsDouble(), 2) + " bits per dim" : "";
    }
  }
}
