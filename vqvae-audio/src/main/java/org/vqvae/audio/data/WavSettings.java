package org.vqvae.audio.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vqvae.core.config.ConfigReader;

/**
 * The settings of data sets of WAV files.
 *
 * @param path the folder or archive
 * @param sampleRate of the examples, in Hz; files of other rates are resampled
 * @param length of the examples, in samples
 * @param naming what the files' names say
 * @param label the field that is the class, or several with commas between; {@code none} for no
 *     classes
 * @param validation which files are for validation
 * @param test which files are for testing
 */
public record WavSettings(
    Path path,
    int sampleRate,
    int length,
    Naming naming,
    String label,
    SplitRule validation,
    SplitRule test) {
  private static final String FOLDERS = "folders";
  private static final String NONE = "none";

  public static WavSettings read(ConfigReader in) {
    String label = in.text("label");
    WavSettings settings =
        new WavSettings(
            in.path("path"),
            in.integer("sample-rate").between(1_000, 192_000),
            in.integer("length").between(16, 1 << 24),
            naming(in, label),
            label,
            splitRule(in, "validation"),
            splitRule(in, "test"));
    settings.checkLabel(in);
    settings.checkRule(in, "validation", settings.validation);
    settings.checkRule(in, "test", settings.test);
    settings.checkBoth(in);
    return settings;
  }

  private static Naming naming(ConfigReader in, String label) {
    String text = in.text("fields");
    Naming folders = new Naming.Folders(label.equals(NONE) ? "folder" : label);
    Optional<NamePattern> pattern = NamePattern.parse(text);
    if (!text.equals(FOLDERS) && pattern.isEmpty()) {
      in.problem(
          "fields",
          "must be folders, or a pattern with different names in braces and something between"
              + " them, such as \"{digit}_{speaker}_{index}.wav\"");
    }
    return text.equals(FOLDERS) || pattern.isEmpty() ? folders : pattern.get();
  }

  private static SplitRule splitRule(ConfigReader in, String key) {
    return SplitRule.parse(in.text(key))
        .orElseGet(
            () -> {
              in.problem(
                  key,
                  "must be a fraction between 0 and 1, such as 0.1, or a range of {index}, such as"
                      + " 0-4");
              return new SplitRule.Fraction(0.1);
            });
  }

  private void checkLabel(ConfigReader in) {
    List<String> chosen = classFields();
    if (naming instanceof Naming.Folders && chosen.size() > 1) {
      in.problem("label", "must be one field or none, as folders say one thing");
    }
    if (naming instanceof NamePattern pattern
        && !(pattern.fields().containsAll(chosen) && Set.copyOf(chosen).size() == chosen.size())) {
      in.problem(
          "label",
          "must be a field of \"%s\", several different ones with commas between, or none"
              .formatted(pattern.text()));
    }
  }

  private void checkRule(ConfigReader in, String key, SplitRule rule) {
    if (rule instanceof SplitRule.Indices && !(naming instanceof NamePattern p && p.hasIndex())) {
      in.problem(key, "is a range, but fields has no {index}");
    }
  }

  private void checkBoth(ConfigReader in) {
    if (!(validation.fraction() + test.fraction() < 1)) {
      in.problem(
          "validation",
          "with test (%s) must sum to less than 1, to leave some to train on"
              .formatted(test.fraction()));
    }
    if (validation instanceof SplitRule.Indices one
        && test instanceof SplitRule.Indices two
        && one.first() <= two.last()
        && two.first() <= one.last()) {
      in.problem("validation", "must not overlap with test");
    }
  }

  /** The fields that are the class together; empty for no classes. */
  List<String> classFields() {
    return label.equals(NONE) ? List.of() : List.of(label.strip().split("\\s*,\\s*", -1));
  }
}
