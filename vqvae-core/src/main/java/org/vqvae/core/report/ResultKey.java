package org.vqvae.core.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name and the meaning of one figure of {@code results.json}.
 *
 * @param name such as {@code test.mse}; a part in angle brackets, as in {@code
 *     prior.<prior>.bits-per-code}, stands for a name of the run
 * @param unit what the number counts; {@link #TEXT} for words
 * @param label what to call it before a person
 * @param meaning what it is, with what is summed and averaged over
 */
public record ResultKey(String name, String unit, String label, String meaning) {

  /** The unit of figures that are words. */
  public static final String TEXT = "text";

  private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z]+>");

  public ResultKey {
    if (name.indexOf('.') < 1 || unit.isBlank()) {
      throw new IllegalArgumentException(
          "a key of results needs a name of two or more parts, such as \"test.mse\", and a unit, but is \"%s\" in \"%s\""
              .formatted(name, unit));
    }
  }

  /** This key for one name of the run: {@code prior.<prior>.bits-per-code} of {@code pixelcnn}. */
  public ResultKey of(String value) {
    if (!hasPlaceholder()) {
      throw new IllegalArgumentException(
          "the key " + name + " has no place for a name such as " + value);
    }
    String replacement = Matcher.quoteReplacement(value);
    return new ResultKey(
        PLACEHOLDER.matcher(name).replaceFirst(replacement),
        unit,
        PLACEHOLDER.matcher(label).replaceFirst(replacement),
        PLACEHOLDER.matcher(meaning).replaceAll(replacement));
  }

  /** This key in a unit that only the run knows, such as that of a term of the loss. */
  public ResultKey in(String knownUnit) {
    return new ResultKey(name, knownUnit, label, meaning);
  }

  boolean hasPlaceholder() {
    return PLACEHOLDER.matcher(name).find();
  }

  boolean isText() {
    return unit.equals(TEXT);
  }

  /** The name's first part, such as {@code test}. */
  String group() {
    return name.substring(0, name.indexOf('.'));
  }

  /** The name with all placeholders alike: keys that share it are one key. */
  String form() {
    return PLACEHOLDER.matcher(name).replaceAll("<>");
  }

  /** Whether a name is this key's, whatever stands for its placeholder. */
  boolean covers(String candidate) {
    return pattern().matcher(candidate).matches();
  }

  /** What stands for this key's placeholder in a name; empty if the name is not this key's. */
  Optional<String> placed(String candidate) {
    Matcher match = pattern().matcher(candidate);
    return match.matches() && match.groupCount() == 1
        ? Optional.of(match.group(1))
        : Optional.empty();
  }

  /** This key with its placeholder filled as in {@code candidate}, which it {@link #covers}. */
  ResultKey as(String candidate) {
    return placed(candidate).map(this::of).orElse(this);
  }

  private Pattern pattern() {
    Matcher match = PLACEHOLDER.matcher(name);
    if (!match.find()) {
      return Pattern.compile(Pattern.quote(name));
    }
    return Pattern.compile(
        Pattern.quote(name.substring(0, match.start()))
            + "([^.]+)"
            + Pattern.quote(name.substring(match.end())));
  }
}
