package org.vqvae.core.plugin;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.config.ExperimentSource;
import org.vqvae.core.config.Place;
import org.vqvae.core.config.Problems;
import org.vqvae.core.config.Section;
import org.vqvae.core.config.SectionReader;

/** Reads experiments: {@code --set} above the experiment's file above the modules' {@code reference.conf}s. */
public final class ExperimentLoader {
  private final Catalog catalog;
  private final Consumer<String> notes;

  /**
   * @param notes told about settings in a file that were left out because the command line chose another type
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
        ExperimentSource.read(file, overrides, catalog.loader(), problems);
    Section section =
        new Section(
            "", "an experiment", "experiment", source.written(), defaults(file), Place.NOWHERE);
    Selector selector =
        Selector.ofExperiment(new Selector.Reading(catalog, source, problems, notes));
    SectionReader reader = new SectionReader(section, problems, selector);
    ExperimentSettings settings = reader.read(this::read);
    problems.throwIfAny();
    ConfigObject resolved = ConfigValueFactory.fromMap(reader.resolved());
    return new ExperimentConfig(settings, selector.chosen(), resolved);
  }

  private ExperimentSettings read(ConfigReader in) {
    Roles.OF_AN_EXPERIMENT.forEach(role -> in.component(role, catalog.roleName(role)));
    return ExperimentSettings.read(in);
  }

  /** An experiment that does not say its name has that of its file. */
  private ConfigObject defaults(Path file) {
    ConfigObject defaults = catalog.experimentDefaults();
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.(conf|json)$", "");
    ConfigValue value = ConfigValueFactory.fromAnyRef(name, "the file's name");
    return ConfigValueFactory.fromMap(Map.of("name", value), "the file's name").withFallback(defaults);
  }
}
