package org.vqvae.core.plugin;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vqvae.core.Prior;
import org.vqvae.core.config.ComponentChooser.Part;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.ExperimentSource;
import org.vqvae.core.config.Place;
import org.vqvae.core.config.Problems;
import org.vqvae.core.config.Section;
import org.vqvae.core.config.SectionReader;

/**
 * Reads experiments: {@code --set} above the experiment's file above the modules' {@code
 * reference.conf}s.
 */
public final class ExperimentLoader {
  private final Catalog catalog;
  private final Consumer<String> notes;

  /**
   * @param notes told about settings in a file that were left out because the command line chose
   *     another type
   */
  public ExperimentLoader(Catalog catalog, Consumer<String> notes) {
    this.catalog = catalog;
    this.notes = notes;
  }

  /**
   * Reads an experiment.
   *
   * @param overrides {@code key=value} each, as after {@code --set}
   * @throws ConfigException with every problem that there is
   */
  public ExperimentConfig load(Path file, List<String> overrides) {
    Problems problems = Problems.of(file);
    ExperimentSource source =
        ExperimentSource.read(file, overrides, roleNames(), catalog.loader(), problems);
    Section section =
        new Section(
            "", "an experiment", "experiment", source.written(), defaults(file), Place.NOWHERE);
    Selector selector =
        Selector.ofExperiment(new Selector.Reading(catalog, source, problems, notes));
    SectionReader reader = new SectionReader(section, problems, selector);
    ExperimentSettings settings = reader.read(in -> read(catalog, in));
    problems.throwIfAny();
    requireNonNull(settings, "settings that were read without a problem");
    Map<Boolean, List<Selected<?>>> chosen =
        selector.chosen().stream()
            .collect(Collectors.partitioningBy(it -> Roles.OF_AN_EXPERIMENT.contains(it.role())));
    return new ExperimentConfig(
        settings,
        chosen.getOrDefault(true, List.of()),
        chosen.getOrDefault(false, List.of()),
        baselines(source, problems),
        catalog.media(),
        ConfigValueFactory.fromMap(reader.resolved()),
        nonDefault(reader));
  }

  private ConfigObject nonDefault(SectionReader reader) {
    Map<String, Object> ofComponents = new LinkedHashMap<>(reader.nonDefault());
    ofComponents.keySet().retainAll(roleNames());
    return ConfigValueFactory.fromMap(ofComponents);
  }

  private Set<String> roleNames() {
    return Roles.OF_AN_EXPERIMENT.stream().map(catalog::roleName).collect(Collectors.toSet());
  }

  /** The priors to compare with, of those that the loaded modules offer, with their defaults. */
  private List<Selected<Prior>> baselines(ExperimentSource source, Problems problems) {
    Selector selector =
        Selector.ofExperiment(new Selector.Reading(catalog, source, problems, notes));
    for (String type : catalog.baselines(Prior.class)) {
      selector.choose(
          new Part(
              Prior.class,
              PlaceNames.BASELINES + type,
              Optional.of(ConfigValueFactory.fromAnyRef(type)),
              Optional.empty(),
              Place.NOWHERE));
    }
    problems.throwIfAny();
    return selector.chosen().stream().map(ExperimentLoader::ofPrior).toList();
  }

  @SuppressWarnings("unchecked") // a Selected's role is its type argument
  private static Selected<Prior> ofPrior(Selected<?> selected) {
    return (Selected<Prior>) selected;
  }

  /** Reads what an experiment is made of, then its settings beside that. */
  static ExperimentSettings read(Catalog catalog, ConfigReader in) {
    Roles.OF_AN_EXPERIMENT.forEach(role -> in.component(role, catalog.roleName(role)));
    return ExperimentSettings.read(in);
  }

  /** An experiment that does not say its name has that of its file. */
  private ConfigObject defaults(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.(conf|json)$", "");
    return catalog.experimentDefaults(ExperimentSettings.folderName(name));
  }
}
