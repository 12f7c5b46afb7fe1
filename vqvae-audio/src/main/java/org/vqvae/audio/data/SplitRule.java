package org.vqvae.audio.data;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which files go to a split: a fraction of them, or those whose names have certain indices. */
public sealed interface SplitRule {

  /** A fraction of the files, see {@link org.vqvae.core.data.HashedSplits}. */
  record Fraction(double value) implements SplitRule {}

  /** The files whose {@code {index}} is {@code first} to {@code last}. */
  record Indices(int first, int last) implements SplitRule {

    boolean contains(int index) {
      return index >= first && index <= last;
    }
  }

  /** Reads {@code 0.1} or {@code 0-4}; empty if the text is neither. */
  static Optional<SplitRule> parse(String text) {
    Matcher range = Pattern.compile("(\\d{1,9})-(\\d{1,9})").matcher(text);
    if (range.matches()) {
      Indices indices = new Indices(number(range, 1), number(range, 2));
      return indices.first <= indices.last ? Optional.of(indices) : Optional.empty();
    }
    if (!text.matches("0?\\.\\d+") || Double.parseDouble(text) == 0) {
      return Optional.empty();
    }
    return Optional.of(new Fraction(Double.parseDouble(text)));
  }

  private static int number(Matcher range, int group) {
    return Integer.parseInt(requireNonNull(range.group(group)));
  }

  /** The fraction; 0 for indices. */
  default double fraction() {
    return this instanceof Fraction fraction ? fraction.value() : 0;
  }

  /** Whether it is a range that has that {@code {index}} in it. */
  default boolean takes(int index) {
    return this instanceof Indices indices && indices.contains(index);
  }
}
