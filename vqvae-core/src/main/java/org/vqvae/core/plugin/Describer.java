package org.vqvae.core.plugin;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vqvae.core.config.ComponentChooser;
import org.vqvae.core.config.ConfigProblem.Kind;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Place;
import org.vqvae.core.config.Problems;
import org.vqvae.core.config.Section;
import org.vqvae.core.config.SectionReader;
import org.vqvae.core.config.Setting;

/** Finds out what settings there are, by having them read from an experiment that says nothing. */
final class Describer implements ComponentChooser {
  private final Catalog catalog;

  private Describer(Catalog catalog) {
    this.catalog = catalog;
  }

  static List<Setting> settings(
      Catalog catalog, ConfigObject defaults, Function<ConfigReader, ?> reader) {
    ConfigObject nothing = ConfigValueFactory.fromMap(Map.of());
    Section section = new Section("", "", "", nothing, defaults, Place.NOWHERE);
    SectionReader settings =
        new SectionReader(section, Problems.of("nothing"), new Describer(catalog));
    settings.read(reader);
    return settings.settings();
  }

  /** What is wrong with the defaults and the documentation of a component. */
  static List<String> flaws(Catalog catalog, Component<?, ?> component) {
    String name = catalog.roleName(component.role()) + "." + component.type();
    ConfigObject defaults = catalog.defaults(component);
    Problems problems = Problems.of(name);
    Section asWritten = new Section(name, name, name, defaults, defaults, Place.NOWHERE);
    SectionReader reader = new SectionReader(asWritten, problems, new Describer(catalog));
    reader.read(component.reader());
    List<String> flaws = new ArrayList<>();
    problems.sorted().stream()
        .filter(problem -> problem.kind() != Kind.MISSING)
        .forEach(problem -> flaws.add(problem.toString()));
    reader.settings().stream()
        .filter(setting -> setting.comment().isEmpty())
        .forEach(
            setting -> flaws.add(name + "." + setting.key() + ": no comment in reference.conf"));
    if (Section.commentOf(defaults).isEmpty()) {
      flaws.add(name + ": no comment in reference.conf that says what it is");
    }
    return flaws;
  }

  @Override
  public String allowed(Class<?> role) {
    List<String> types = catalog.types(catalog.roleName(role));
    return types.isEmpty() ? "no module offers one" : "one of " + String.join(", ", types);
  }

  @Override
  public Optional<Choice> choose(Part part) {
    return Optional.empty();
  }

  @Override
  public ComponentChooser trial() {
    return this;
  }

  @Override
  public boolean isLeftOver(String path, Place place) {
    return false;
  }

  @Override
  public List<String> hints(String path) {
    return List.of();
  }
}
