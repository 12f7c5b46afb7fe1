package org.vqvae.core.plugin;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;
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
  private static final List<String> BASELINES = List.of("uniform", "unigram");

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
    Set<String> roles =
        Roles.OF_AN_EXPERIMENT.stream().map(catalog::roleName).collect(Collectors.toSet());
    ExperimentSource source =
        ExperimentSource.read(file, overrides, roles, catalog.loader(), problems);
    Section section =
        new Section(
            "", "an experiment", "experiment", source.written(), defaults(file), Place.NOWHERE);
    Selector selector =
        Selector.ofExperiment(new Selector.Reading(catalog, source, problems, notes));
    SectionReader reader = new SectionReader(section, problems, selector);
    ExperimentSettings settings = reader.read(this::read);
    problems.throwIfAny();
    requireNonNull(settings, "settings that were read without a problem");
    ConfigObject resolved = ConfigValueFactory.fromMap(reader.resolved());
    return new ExperimentConfig(
        settings, selector.chosen(), baselines(source, problems), catalog.media(), resolved);
  }

  /** The null models, of those that the loaded modules offer, with their defaults. */
  private List<Selected<?>> baselines(ExperimentSource source, Problems problems) {
    Selector selector =
        Selector.ofExperiment(new Selector.Reading(catalog, source, problems, notes));
    for (String type : BASELINES) {
      if (catalog.find(catalog.roleName(Prior.class), type).isPresent()) {
        selector.choose(
            new Part(
                Prior.class,
                "baselines." + type,
                Optional.of(ConfigValueFactory.fromAnyRef(type)),
                Optional.empty(),
                Place.NOWHERE));
      }
    }
    return selector.chosen();
  }

  private ExperimentSettings read(ConfigReader in) {
    Roles.OF_AN_EXPERIMENT.forEach(role -> in.component(role, catalog.roleName(role)));
    return ExperimentSettings.read(in);
  }

  /** An experiment that does not say its name has that of its file. */
  private ConfigObject defaults(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.(conf|json)$", "");
    return catalog.experimentDefaults(ExperimentSettings.folderName(name));
  }
}
