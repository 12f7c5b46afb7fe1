package org.vqvae.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * The settings of one component, read key by key. The keys that are asked for are the keys that
 * exist.
 *
 * <p>What can be read: numbers ({@link #integer}, {@link #real}, {@link #integers}), words ({@link
 * #text}, {@link #flag}, {@link #path}, {@link #choice}), settings that belong together ({@link
 * #section}), and parts that config chooses by their type: one ({@link #component}) or a list of
 * them ({@link #components}).
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
   * type = restart }}, or {@code dead-codes = restart} for short. The component's constructor gets
   * {@link Parts} beside its settings, which turn the handle into the part.
   */
  <T> Chosen<T> component(Class<T> role, String key);

  /**
   * Parts of this component in an order, such as {@code levels = [{ type = ema, decay = 0.9 },
   * ema]}. The list may be empty; a component that needs one part at least refuses that itself.
   */
  <T> List<Chosen<T>> components(Class<T> role, String key);

  /** Settings that belong together, such as {@code window { length = 256, hop = 64 }}. */
  <S> S section(String key, Function<ConfigReader, S> reader);

  /**
   * Replaces a setting that was read by what it stands for, in the resolved config that a run
   * keeps: the content of a file, say, so that the run needs the file no more.
   */
  void resolve(String key, String value);

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
