package org.vqvae.core.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.config.ComponentChooser;
import org.vqvae.core.config.ConfigProblem;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Place;
import org.vqvae.core.config.Problems;
import org.vqvae.core.config.Section;
import org.vqvae.core.config.SectionReader;

/**
 * What becomes of settings that an experiment writes for a component without components within.
 *
 * @param settings null only if there were problems
 * @param problems as people read them
 */
public record WrittenSettings<S>(@Nullable S settings, List<String> problems) {

  /**
   * Reads settings over the defaults in {@code reference.conf}.
   *
   * @param written such as {@code size = 8, seed = 3}
   */
  public static <S> WrittenSettings<S> of(
      String role, String type, String written, Function<ConfigReader, S> reader) {
    Problems problems = Problems.of("test");
    Config defaults =
        ConfigFactory.defaultReference().getConfig("vqvae.defaults." + role + "." + type);
    Section section =
        new Section(
            role,
            role + " \"" + type + "\"",
            role + " " + type,
            ConfigFactory.parseString(written).root(),
            defaults.root(),
            Place.NOWHERE);
    S settings = new SectionReader(section, problems, new NoParts()).read(reader);
    return new WrittenSettings<>(
        settings, problems.sorted().stream().map(ConfigProblem::toString).toList());
  }

  private static final class NoParts implements ComponentChooser {

    @Override
    public String allowed(Class<?> role) {
      return "";
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
}
