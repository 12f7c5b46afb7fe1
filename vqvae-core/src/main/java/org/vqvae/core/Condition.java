package org.vqvae.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/**
 * What is given beside an example: its class, codes of a coarser map, both, or nothing. A value
 * that holds it for N examples.
 */
public final class Condition {
  /** Nothing. */
  public static final Condition NONE = new Condition(new int[0], Optional.empty());

  private final int[] labels;
  private final Optional<Codes> coarser;

  private Condition(int[] labels, Optional<Codes> coarser) {
    this.labels = labels;
    this.coarser = coarser;
  }

  /** The class of each of N examples. */
  public static Condition ofLabels(int... labels) {
    if (labels.length == 0 || Arrays.stream(labels).anyMatch(label -> label < 0)) {
      throw new IllegalArgumentException(
          "labels: expected one or more, each at least 0, but were " + Arrays.toString(labels));
    }
    return new Condition(labels.clone(), Optional.empty());
  }

  /** One class for all of N examples. */
  public static Condition ofLabel(int label, int examples) {
    int[] labels = new int[examples];
    Arrays.fill(labels, label);
    return ofLabels(labels);
  }

  /** These and the codes of coarser maps, of the same examples. */
  public Condition withCoarser(Codes codes) {
    return new Condition(labels, Optional.of(codes));
  }

  /** The same without the classes. */
  public Condition withoutLabels() {
    return hasLabels() ? new Condition(NONE.labels, coarser) : this;
  }

  public boolean hasLabels() {
    return labels.length > 0;
  }

  /** The class of an example. */
  public int label(int example) {
    return labels[example];
  }

  /** The classes, none if they are not given; a copy. */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * The classes for a network that was built for some.
   *
   * @param who names the network in the message, such as {@code decoder "wavenet"}
   * @param classes the number of classes that it was built for; 0: it has no use for labels
   * @return N labels in 0..classes-1; none for a network without classes
   * @throws IllegalArgumentException if labels are missing, too few or out of range
   */
  public int[] labels(String who, int examples, int classes) {
    if (classes == 0) {
      return NONE.labels;
    }
    if (labels.length != examples) {
      throw new IllegalArgumentException(
          "labels: %s is conditioned on %d classes and needs one label for each of %d examples but got %s"
              .formatted(who, classes, examples, hasLabels() ? labels.length : "none"));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label %d is %d: it must be in 0..%d".formatted(i, labels[i], classes - 1));
      }
    }
    return labels.clone();
  }

  /** What is given beside one example, for so many of them. */
  public Condition repeated(int times) {
    if (times == 1) {
      return this;
    }
    int[] many = new int[hasLabels() ? times : 0];
    Arrays.fill(many, hasLabels() ? labels[0] : 0);
    return new Condition(
        many, coarser.map(codes -> Codes.concat(Collections.nCopies(times, codes))));
  }

  /** The codes of coarser maps, if they are given. */
  public Optional<Codes> coarser() {
    return coarser;
  }

  /** What is given beside the examples {@code from} to {@code to} (exclusive). */
  public Condition examples(int from, int to) {
    return new Condition(
        hasLabels() ? Arrays.copyOfRange(labels, from, to) : labels,
        coarser.map(codes -> codes.examples(from, to)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that
        && Arrays.equals(labels, that.labels)
        && coarser.equals(that.coarser);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + coarser.hashCode();
  }

  @Override
  public String toString() {
    return "labels "
        + Arrays.toString(labels)
        + coarser.map(codes -> ", coarser " + codes).orElse("");
  }
}
