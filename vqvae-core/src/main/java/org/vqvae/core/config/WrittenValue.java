package org.vqvae.core.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vqvae.core.config.ConfigProblem.Kind;

/**
 * A value of a setting, to be understood as one thing or another. Whoever asks for what it is not
 * gets nothing, and the problem is taken down.
 *
 * @param initial the default, as messages show it, if the value is not that default itself
 */
record WrittenValue(String path, ConfigValue value, Optional<String> initial, Problems problems) {
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(nan|inf|infinity)");
  private static final Pattern SEPARATED = Pattern.compile("-?\\d{1,3}([_,' ]\\d{3})+(\\.\\d+)?");

  Optional<BigDecimal> number(String kind, Range range) {
    String must = "must be a " + kind + ", " + range.text();
    if (!isScalar() || value.valueType() == ConfigValueType.BOOLEAN) {
      return reject(Kind.WRONG_TYPE, must);
    }
    String text = Shown.plain(value);
    if (NOT_FINITE.matcher(text).matches()) {
      return reject(Kind.NOT_FINITE, must + ", and finite");
    }
    try {
      return number(new BigDecimal(text.strip()), kind, range);
    } catch (NumberFormatException e) {
      boolean separated = SEPARATED.matcher(text).matches();
      return reject(
          Kind.WRONG_TYPE,
          separated
              ? must + ", written without separators: " + text.replaceAll("[_,' ]", "")
              : must);
    }
  }

  private Optional<BigDecimal> number(BigDecimal number, String kind, Range range) {
    if (Double.isInfinite(number.doubleValue())) {
      return reject(Kind.NOT_FINITE, "is too large for a number, must be " + range.text());
    }
    if (kind.startsWith("whole") && number.stripTrailingZeros().scale() > 0) {
      return reject(Kind.WRONG_TYPE, "must be a " + kind + ", " + range.text());
    }
    return range.contains(number)
        ? Optional.of(number)
        : reject(Kind.OUT_OF_RANGE, range.complaint(number));
  }

  Optional<String> text() {
    return text("a text");
  }

  private Optional<String> text(String kind) {
    if (!isScalar()) {
      return reject(Kind.WRONG_TYPE, "must be " + kind);
    }
    String text = Shown.plain(value);
    return text.isBlank() ? reject(Kind.OUT_OF_RANGE, "must not be empty") : Optional.of(text);
  }

  /** A path; a relative one is meant from the folder of the file that says it, if a file does. */
  Optional<Path> file() {
    String file = value.origin().filename();
    return text("a path")
        .map(text -> file == null ? Path.of(text) : Path.of(file).resolveSibling(text))
        .map(path -> path.toAbsolutePath().normalize());
  }

  Optional<Boolean> flag() {
    return switch (isScalar() ? Shown.plain(value) : "") {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> reject(Kind.WRONG_TYPE, "must be true or false");
    };
  }

  Optional<String> oneOf(List<String> names) {
    String allowed = "must be one of " + String.join(", ", names);
    if (!isScalar()) {
      return reject(Kind.WRONG_TYPE, allowed);
    }
    String text = Shown.plain(value);
    if (names.contains(text)) {
      return Optional.of(text);
    }
    problems.add(problem(Kind.NOT_A_CHOICE, allowed).withSuggestion(Nearest.to(text, names)));
    return Optional.empty();
  }

  Optional<List<Integer>> integers(int minimum) {
    return list("a list of whole numbers, each at least %d, such as [%d]"
            .formatted(minimum, minimum))
        .flatMap(values -> integers(values, minimum));
  }

  private Optional<List<Integer>> integers(List<ConfigValue> values, int minimum) {
    int before = problems.count();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      new WrittenValue(path + "[" + i + "]", values.get(i), Optional.empty(), problems)
          .number("whole number", Range.intAtLeast(minimum))
          .ifPresent(number -> numbers.add(number.intValue()));
    }
    return problems.count() == before ? Optional.of(List.copyOf(numbers)) : Optional.empty();
  }

  /** The elements of a list. */
  Optional<List<ConfigValue>> list(String kind) {
    return value instanceof ConfigList list
        ? Optional.of(List.copyOf(list))
        : reject(Kind.WRONG_TYPE, "must be " + kind);
  }

  <T> Optional<T> reject(Kind kind, String message) {
    problems.add(problem(kind, message));
    return Optional.empty();
  }

  private ConfigProblem problem(Kind kind, String message) {
    String withDefault = message + initial.map(it -> ". Default " + it).orElse("");
    return problems.about(kind, path, value, withDefault);
  }

  private boolean isScalar() {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> true;
      default -> false;
    };
  }
}
