package org.vqvae.core.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vqvae.core.IncompatibleException;

/** The experiments whose figures are published; each stands in {@code bench-<title>.conf}. */
enum Suite {
  /** DeepMind's notebook, and a PixelCNN on its codes. */
  PICTURES,

  /** An encoder and a WaveNet decoder of sound. */
  SOUND,

  /** A WaveNet on long sequences of codes. */
  WAVENET;

  /** As the command line writes it, such as {@code pictures}. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(Suite::title).toList();
  }

  /**
   * The suite of that title.
   *
   * @throws IncompatibleException if there is none
   */
  static Suite of(String title) {
    return Arrays.stream(values())
        .filter(suite -> suite.title().equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IncompatibleException(
                    "no such suite: \"%s\"; there are: %s"
                        .formatted(title, String.join(", ", titles()))));
  }

  String resource() {
    return "bench-" + title() + ".conf";
  }
}
