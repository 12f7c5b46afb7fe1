package org.vqvae.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * The settings of one component, read key by key. The keys that are asked for are the keys that
 * exist.
 *
 * <p>A value that is missing, of the wrong type or out of range is recorded as a problem and a
 * harmless stand-in is returned, so that reading goes on and all problems are reported at once; no
 * component is built then.
 */
public interface ConfigReader {

  /** A whole number; {@code 1_000} and {@code "64k"}-style suffixes are not numbers. */
  Int integer(String key);

  /** A real number. */
  Real real(String key);

  /** A non-empty text. */
  String text(String key);

  /** {@code true} or {@code false}. */
  boolean flag(String key);

  /** A path; relative ones are meant from the folder of the file that says them. */
  Path path(String key);

  /** One of an enum's constants, written lower-case with '-' for '_'. */
  <E extends Enum<E>> E choice(String key, Class<E> constants);

  /** A list of whole numbers, each at least {@code minimum}. */
  List<Integer> integers(String key, int minimum);

  /**
   * A part of this component that is itself chosen by {@code type}, such as {@code dead-codes {
   * type = restart }}. The component gets it injected by its role.
   */
  void component(Class<?> role, String key);

  /** Settings that belong together, such as {@code adam { beta1 = .9, beta2 = .999 }}. */
  <S> S section(String key, Function<ConfigReader, S> reader);

  /**
   * Records a problem of a value that the calls above accept, such as two settings that exclude
   * each other.
   */
  void problem(String key, String message);

  /** A whole number with its bounds still to be said. */
  interface Int {
    int atLeast(int minimum);

    int between(int minimum, int maximum);
  }

  /** A real number with its bounds still to be said. Not-a-number and infinities never pass. */
  interface Real {
    double atLeast(double minimum);

    double greaterThan(double bound);

    double between(double minimum, double maximum);
  }
}
