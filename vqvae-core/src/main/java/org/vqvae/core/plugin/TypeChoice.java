package org.vqvae.core.plugin;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vqvae.core.config.ComponentChooser.Part;
import org.vqvae.core.config.ConfigProblem;
import org.vqvae.core.config.ConfigProblem.Kind;
import org.vqvae.core.config.Nearest;
import org.vqvae.core.config.Place;
import org.vqvae.core.config.Problems;

/**
 * Finds which component a part shall be: {@code part { type = t, ... }}, or {@code part = t} for
 * short.
 */
final class TypeChoice {
  private static final ConfigObject NOTHING = ConfigValueFactory.fromMap(Map.of());

  private final Part part;
  private final String role;
  private final Catalog catalog;
  private final Problems problems;

  TypeChoice(Part part, Catalog catalog, Problems problems) {
    this.part = part;
    this.role = catalog.roleName(part.role());
    this.catalog = catalog;
    this.problems = problems;
  }

  /** The component that was chosen; empty if none was, and why was reported. */
  Optional<Component<?, ?>> component() {
    Optional<ConfigValue> value = typeOf(part.written()).or(() -> typeOf(part.initial()));
    if (value.isEmpty()) {
      report(ConfigProblem.of(Kind.MISSING, path(), place(), "must be chosen"));
      return Optional.empty();
    }
    return value.filter(it -> !Problems.isReported(it)).flatMap(this::component);
  }

  private Optional<Component<?, ?>> component(ConfigValue value) {
    Optional<Component<?, ?>> found = catalog.find(role, String.valueOf(value.unwrapped()));
    if (found.isEmpty()) {
      boolean isText = value.valueType() == ConfigValueType.STRING;
      report(
          isText
              ? unknown(value)
              : problems.about(Kind.WRONG_TYPE, path(), value, "must be the name of a type"));
    }
    return found;
  }

  private ConfigProblem unknown(ConfigValue value) {
    String type = String.valueOf(value.unwrapped());
    String elsewhere =
        catalog.roles().stream()
            .filter(other -> catalog.find(other, type).isPresent())
            .map(other -> ", but there is a " + other + " of that name")
            .findFirst()
            .orElse("");
    return problems
        .about(Kind.UNKNOWN_TYPE, path(), value, "no such " + role + elsewhere)
        .withSuggestion(Nearest.to(type, catalog.types(role)));
  }

  /** What the experiment says about the part beside its type. */
  ConfigObject written() {
    return body(part.written());
  }

  /**
   * The defaults of a component of the type that was chosen: those of its place go above its own.
   */
  ConfigObject defaults(Component<?, ?> component) {
    return (isDefault(component) ? body(part.initial()) : NOTHING)
        .withFallback(catalog.defaults(component));
  }

  /** Whether the place has this component if the experiment says nothing. */
  boolean isDefault(Component<?, ?> component) {
    return typeOf(part.initial()).filter(it -> component.type().equals(it.unwrapped())).isPresent();
  }

  Place place() {
    return part.written().map(it -> problems.place(it.origin())).orElse(part.around());
  }

  private String path() {
    return part.written().filter(it -> it instanceof ConfigObject).isPresent()
        ? part.path() + ".type"
        : part.path();
  }

  private void report(ConfigProblem problem) {
    List<String> details = new ArrayList<>();
    List<String> types = catalog.types(role);
    Map<String, List<String>> byModule =
        types.stream()
            .collect(
                Collectors.groupingBy(type -> catalog.find(role, type).orElseThrow().module()));
    byModule.forEach(
        (module, names) ->
            details.add("available: %s (from %s)".formatted(String.join(", ", names), module)));
    if (problem.kind() != Kind.UNKNOWN_TYPE && !types.isEmpty()) {
      details.add(example(types.get(0)));
    }
    if (problem.kind() == Kind.MISSING && part.written().isPresent() && !isElement()) {
      details.add("a name alone, as in the first, is undone by a section that follows it");
    }
    if (types.isEmpty()) {
      details.add("no loaded module offers a " + role);
    }
    details.add("loaded modules: " + String.join(", ", catalog.modules()));
    problems.add(problem.withDetails(details));
  }

  private String example(String type) {
    String name = part.path();
    return isElement()
        ? "write: %s, or { type = %s, ... }".formatted(type, type)
        : "write: %s = %s, or %s { type = %s, ... }".formatted(name, type, name, type);
  }

  /** Whether the part stands in a list. */
  private boolean isElement() {
    return part.path().endsWith("]");
  }

  private static ConfigObject body(Optional<ConfigValue> value) {
    return value
        .filter(it -> it instanceof ConfigObject)
        .map(it -> (ConfigObject) it)
        .orElse(NOTHING);
  }

  private static Optional<ConfigValue> typeOf(Optional<ConfigValue> value) {
    return value
        .map(it -> it instanceof ConfigObject object ? object.get("type") : it)
        .filter(it -> it.valueType() != ConfigValueType.NULL);
  }
}
