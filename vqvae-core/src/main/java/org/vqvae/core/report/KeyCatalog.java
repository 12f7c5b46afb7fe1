package org.vqvae.core.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that {@code results.json} may hold, in the order in which it holds them: those of {@link
 * ResultKeys}, then those of each medium.
 */
public final class KeyCatalog {
  private static final String INTRODUCTION =
      """
      # The keys of results.json

      `results.json` in a run folder is one flat object: every figure of `report.html` under one of these keys, in
      this order. A run leaves out what it did not measure. Numbers are plain JSON numbers; one that is not finite
      is the string `"NaN"`, `"Infinity"` or `"-Infinity"`. Likelihoods are in nats, codes in bits.

      A part in angle brackets stands for a name of the run:

      - `<prior>`: a prior, such as `pixelcnn`.
      - `<term>`: a term of the loss, such as `nll` or `commitment`. The loss is the sum of weight times value.
      - `<figure>`: a figure that a likelihood or a bottleneck has of its own, such as `variance`.
      - `<codebook>`: a codebook. It is named after its map of codes, `codes` where there is one; the second and
        later codebooks of a map have their number behind it, such as `codes-2`.
      - `<map>`: a map of codes, such as `top`.
      - `<level>`: how many codebooks of each map are used, counted from the coarsest.
      - `<field>`: something that is known of every example, such as `class` or `speaker`.
      """;

  private final List<Section> sections;

  /** The keys of one origin, under a heading of the documentation. */
  private record Section(String title, List<ResultKey> keys) {}

  private KeyCatalog(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /** The keys that all media have. */
  public static KeyCatalog core() {
    return new KeyCatalog(List.of(new Section("Keys of all media", ResultKeys.all())));
  }

  /**
   * These keys and those of a medium.
   *
   * @param medium its name
   * @param keys none: nothing is added
   * @throws IllegalArgumentException if one of them is known already
   */
  public KeyCatalog with(String medium, List<ResultKey> keys) {
    if (keys.isEmpty()) {
      return this;
    }
    Set<String> taken = new HashSet<>();
    keys().forEach(key -> taken.add(key.form()));
    for (ResultKey key : keys) {
      if (!taken.add(key.form())) {
        throw new IllegalArgumentException(
            "medium \"%s\" brings the result key %s, which exists already: choose another name"
                .formatted(medium, key.name()));
      }
    }
    List<Section> all = new ArrayList<>(sections);
    all.add(new Section("Keys of medium `" + medium + "`", List.copyOf(keys)));
    return new KeyCatalog(all);
  }

  /** All of them, in order. */
  public List<ResultKey> keys() {
    return sections.stream().flatMap(section -> section.keys().stream()).toList();
  }

  /** The key of that name, its placeholder filled. */
  public Optional<ResultKey> find(String name) {
    return keys().stream().filter(key -> key.covers(name)).findFirst().map(key -> key.as(name));
  }

  /** The documentation of all keys: the content of {@code docs/results-keys.md}. */
  public String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Section section : sections) {
      page.append("\n## ").append(section.title()).append("\n\n");
      page.append("| key | unit | meaning |\n| --- | --- | --- |\n");
      section.keys().forEach(key -> page.append(row(key)));
    }
    return page.toString();
  }

  private static String row(ResultKey key) {
    return "| `%s` | %s | %s |\n"
        .formatted(key.name(), key.unit(), key.meaning().replace("|", "\\|").replace("<", "&lt;"));
  }
}
