package org.vqvae.core.plugin;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names places in a model after paths in config. */
final class PlaceNames {
  /** Where baselines stand, each in the place of the prior that it is compared with. */
  static final String BASELINES = "baselines.";

  private static final Pattern BASELINE = Pattern.compile("^baselines\\.[^.]+");
  private static final Pattern ELEMENT = Pattern.compile("(.+?)s?\\[(\\d+)]");

  private PlaceNames() {}

  /** The place of a component: {@code quantizer/level-1} for {@code quantizer.levels[0]}. */
  static String of(String path) {
    String own = BASELINE.matcher(path).replaceFirst("prior");
    return Arrays.stream(own.split("\\.", -1))
        .map(PlaceNames::element)
        .collect(Collectors.joining("/"));
  }

  /** An element of a list has its key without the plural's s, and its number from 1. */
  private static String element(String key) {
    Matcher element = ELEMENT.matcher(key);
    return element.matches()
        ? element.group(1) + "-" + (Integer.parseInt(element.group(2)) + 1)
        : key;
  }
}
