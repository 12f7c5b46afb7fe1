package org.vqvae.core.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.config.ConfigProblem.Kind;

/** Collects what is wrong with one experiment, so that all of it is told at once. */
public final class Problems {
  private final String title;
  private final @Nullable Path experiment;
  private final List<ConfigProblem> found = new ArrayList<>();

  private Problems(String title, @Nullable Path experiment) {
    this.title = title;
    this.experiment = experiment;
  }

  /** Problems of an experiment's file, which the message names at the top. */
  public static Problems of(Path experiment) {
    return new Problems(experiment.toString(), experiment);
  }

  /** Problems of something that is no file. */
  public static Problems of(String title) {
    return new Problems(title, null);
  }

  public void add(ConfigProblem problem) {
    found.add(problem);
  }

  /** A problem of a value, to be added. */
  public ConfigProblem about(Kind kind, String path, ConfigValue value, String message) {
    return ConfigProblem.of(kind, path, place(value.origin()), message)
        .withValue(Shown.value(value));
  }

  /** True of a value that could not be resolved, about which enough has been said. */
  public static boolean isReported(ConfigValue value) {
    return Substitutions.isUnresolved(value);
  }

  /** Where a value was written, as messages say it. */
  public Place place(ConfigOrigin origin) {
    return Place.of(origin, experiment);
  }

  public int count() {
    return found.size();
  }

  /** All problems so far, in the order of the file. */
  public List<ConfigProblem> sorted() {
    return found.stream().sorted(Comparator.comparing(ConfigProblem::place)).toList();
  }

  /**
   * Ends the reading if anything was wrong.
   *
   * @throws ConfigException with every problem
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(title, sorted());
    }
  }
}
