package org.vqvae.core.config;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows the components that a section can have as parts, and keeps those that were chosen. */
public interface ComponentChooser {

  /**
   * A part of a section that is a component.
   *
   * @param role the interface that the component has to implement
   * @param path the full path of the part
   * @param written what the experiment says, a type's name or a section
   * @param initial what holds where it says nothing
   * @param around where the section that has the part was written
   */
  record Part(
      Class<?> role,
      String path,
      Optional<ConfigValue> written,
      Optional<ConfigValue> initial,
      Place around) {}

  /**
   * A part as it was chosen.
   *
   * @param type the name of its type
   * @param isDefault whether it is what holds where the experiment says nothing
   * @param resolved its type and all of its settings
   * @param nonDefault its type and those settings that differ from their defaults
   */
  record Choice(
      String type,
      boolean isDefault,
      Map<String, Object> resolved,
      Map<String, Object> nonDefault) {}

  /** What can be chosen, such as {@code one of none, restart}. */
  String allowed(Class<?> role);

  /** Reads a part with all of its settings; empty if that failed, and why was reported. */
  Optional<Choice> choose(Part part);

  /** A chooser for the same place that keeps nothing and reports nothing. */
  ComponentChooser trial();

  /**
   * True if a setting that nobody knows only remains from a type that the command line replaced.
   */
  boolean isLeftOver(String path, Place place);

  /** What there is to say about a setting that is not known here, such as where it is known. */
  List<String> hints(String path);
}
