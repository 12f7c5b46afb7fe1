package org.vqvae.core.config;

import java.util.List;
import java.util.Optional;

/**
 * One thing that is wrong with an experiment's config: what, where, why, and what to do about it.
 *
 * @param path the setting, such as {@code quantizer.decay}; empty where a problem is not about one
 * @param value what was written there, as it is shown
 * @param place where it was written
 * @param message what is wrong and what is allowed, without a full stop
 * @param suggestion the nearest right name
 * @param details further lines: what is available, what to try
 */
public record ConfigProblem(
    Kind kind,
    String path,
    Optional<String> value,
    Place place,
    String message,
    Optional<String> suggestion,
    List<String> details) {

  /**
   * The kinds of problems; the name in a message is {@code config/} and the constant, lower-case
   * with '-'.
   */
  public enum Kind {
    FILE_MISSING,
    FILE_UNREADABLE,
    SYNTAX,
    INCLUDE_MISSING,
    INCLUDE_CYCLE,
    UNRESOLVED,
    SET_SYNTAX,
    UNKNOWN_TYPE,
    UNKNOWN_KEY,
    RENAMED_KEY,
    MISSING,
    WRONG_TYPE,
    NOT_FINITE,
    OUT_OF_RANGE,
    NOT_A_CHOICE,
    INVALID,
    DUPLICATE_TYPE,
    DUPLICATE_ROLE,
    PLUGIN;

    /** For example {@code config/unknown-key}. */
    public String id() {
      return "config/" + KebabCase.of(this);
    }
  }

  public ConfigProblem {
    details = List.copyOf(details);
  }

  /** A problem of which no more is known than this; the {@code with} methods add the rest. */
  public static ConfigProblem of(Kind kind, String path, Place place, String message) {
    return new ConfigProblem(
        kind, path, Optional.empty(), place, message, Optional.empty(), List.of());
  }

  public ConfigProblem withValue(String shown) {
    return new ConfigProblem(kind, path, Optional.of(shown), place, message, suggestion, details);
  }

  public ConfigProblem withSuggestion(Optional<String> name) {
    return new ConfigProblem(kind, path, value, place, message, name, details);
  }

  public ConfigProblem withDetails(List<String> lines) {
    return new ConfigProblem(kind, path, value, place, message, suggestion, lines);
  }

  /** The problem as a person reads it: one sentence, then indented details. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[").append(kind.id()).append("]");
    if (!path.isEmpty()) {
      text.append(' ').append(path);
    }
    value.ifPresent(shown -> text.append(" = ").append(shown));
    if (!place.text().isEmpty()) {
      text.append(" (").append(place.text()).append(')');
    }
    text.append(": ").append(message).append('.');
    suggestion.ifPresent(name -> text.append(" Did you mean \"").append(name).append("\"?"));
    details.forEach(line -> text.append("\n     ").append(line));
    return text.toString();
  }
}
