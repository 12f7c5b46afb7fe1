package org.vqvae.core.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vqvae.core.config.ComponentChooser;
import org.vqvae.core.config.ExperimentSource;
import org.vqvae.core.config.Place;
import org.vqvae.core.config.Problems;
import org.vqvae.core.config.Section;
import org.vqvae.core.config.SectionReader;
import org.vqvae.core.config.Setting;

/**
 * Chooses the components that stand in one section: in the experiment itself, or in a component
 * that has parts.
 */
final class Selector implements ComponentChooser {

  /** What the sections of one experiment share. */
  record Reading(
      Catalog catalog, ExperimentSource source, Problems problems, Consumer<String> notes) {}

  private final Reading reading;
  private final Catalog catalog;
  private final String path;
  private final String role;
  private final String type;
  private final List<Selected<?>> chosen = new ArrayList<>();

  private Selector(Reading reading, String path, String role, String type) {
    this.reading = reading;
    this.catalog = reading.catalog();
    this.path = path;
    this.role = role;
    this.type = type;
  }

  static Selector ofExperiment(Reading reading) {
    return new Selector(reading, "", "", "");
  }

  List<Selected<?>> chosen() {
    return List.copyOf(chosen);
  }

  @Override
  public String allowed(Class<?> partRole) {
    return "one of " + String.join(", ", catalog.types(catalog.roleName(partRole)));
  }

  @Override
  public Optional<Choice> choose(Part part) {
    TypeChoice choice = new TypeChoice(part, catalog, reading.problems());
    return choice.component().map(component -> read(part.path(), choice, component));
  }

  @Override
  public ComponentChooser trial() {
    Problems unseen = Problems.of("defaults");
    return new Selector(
        new Reading(catalog, reading.source(), unseen, note -> {}), path, role, type);
  }

  private <T, S> Choice read(String partPath, TypeChoice choice, Component<T, S> component) {
    String partRole = catalog.roleName(component.role());
    Section section =
        new Section(
            partPath,
            partRole + " \"" + component.type() + "\"",
            partRole + " " + component.type(),
            choice.written(),
            choice.defaults(component),
            choice.place());
    Selector inner = new Selector(reading, partPath, partRole, component.type());
    SectionReader reader = new SectionReader(section, reading.problems(), inner);
    S settings = reader.read(component.reader());
    if (settings != null) {
      chosen.add(Selected.of(partPath, component, settings, inner.chosen()));
    }
    return new Choice(
        component.type(),
        choice.isDefault(component) && reader.nonDefault().isEmpty(),
        withType(component.type(), reader.resolved()),
        withType(component.type(), reader.nonDefault()));
  }

  private static Map<String, Object> withType(String type, Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", type);
    all.putAll(settings);
    return all;
  }

  @Override
  public boolean isLeftOver(String keyPath, Place place) {
    Optional<String> before =
        type.isEmpty() || place.isCommandLine()
            ? Optional.empty()
            : reading.source().replacedType(path, type).filter(it -> knows(it, keyPath));
    before.ifPresent(
        it ->
            reading
                .notes()
                .accept(
                    "%s (%s) is left out: it belongs to %s \"%s\", and --set chose \"%s\""
                        .formatted(keyPath, place.text(), role, it, type)));
    return before.isPresent();
  }

  @Override
  public List<String> hints(String keyPath) {
    return type.isEmpty() ? inOtherSections(keyPath) : inOtherTypes(keyPath);
  }

  private List<String> inOtherSections(String key) {
    List<String> paths =
        catalog.describeExperiment().stream()
            .map(Setting::key)
            .filter(known -> known.endsWith("." + key))
            .toList();
    return paths.isEmpty() ? List.of() : List.of("there is " + String.join(" and ", paths));
  }

  private List<String> inOtherTypes(String keyPath) {
    List<String> types = catalog.types(role).stream().filter(it -> knows(it, keyPath)).toList();
    return types.isEmpty()
        ? List.of()
        : List.of("of another type: " + role + " \"" + String.join("\", \"", types) + "\" has it");
  }

  private boolean knows(String otherType, String keyPath) {
    String key = keyPath.substring(path.length() + 1);
    return catalog.describe(role, otherType).stream()
        .flatMap(description -> description.settings().stream())
        .anyMatch(setting -> setting.key().equals(key) || setting.key().startsWith(key + "."));
  }
}
