package org.vqvae.core.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;

/** What a trained run makes of examples, for {@link Exhibits}. Asked again, it says the same. */
public interface Evidence {

  DataSpec data();

  /** What is known of every example. */
  List<Field> fields();

  /** The form of the codes of one example. */
  CodeSpace codeSpace();

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
   * How many classes the decoder is told apart; 0 if it pays no heed to the class, so that there is
   * nothing to convert.
   */
  int decoderClasses();

  /**
   * The codes of those examples, decoded as other classes.
   *
   * @param labels the class of each
   * @return {@code [N, ...grid, channels]}
   */
  INDArray converted(Reconstructions of, int[] labels);

  /** Examples drawn from every prior, the chosen one last. */
  List<Drawn> samples();

  /** As many examples of each class from the chosen prior; empty if it is not told the class. */
  Optional<Drawn> samplesByClass(int each);

  /**
   * Originals and what becomes of them.
   *
   * @param indices which test examples they are
   * @param originals {@code [N, ...grid, channels]}
   * @param reconstructions the same
   * @param codes of the N examples, one after the other
   * @param positions how many of the positions of each are data, see {@link Examples#positions}
   * @param labels the class of each; null when the data has none
   * @param names what is known of each, such as {@code speaker adam, vowel i}; empty if nothing is
   */
  record Reconstructions(
      int[] indices,
      INDArray originals,
      INDArray reconstructions,
      int[] codes,
      int[] positions,
      int @Nullable [] labels,
      List<String> names) {

    public int count() {
      return names.size();
    }
  }

  /**
   * Examples drawn from a prior.
   *
   * @param prior its name
   * @param examples {@code [N, ...grid, channels]}
   * @param labels the class that each was drawn for; null when the prior is not told it
   * @param seconds that drawing and decoding took
   */
  record Drawn(String prior, INDArray examples, int @Nullable [] labels, double seconds) {}
}
