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

  /** What can be chosen, such as {@code one of none, restart}. */
  String allowed(Class<?> role);

  /**
   * Reads a part with all of its settings, which are returned; empty if that failed, and why was
   * reported.
   */
  Optional<Map<String, Object>> choose(Part part);

  /**
   * True if a setting that nobody knows only remains from a type that the command line replaced.
   */
  boolean isLeftOver(String path, Place place);

  /** What there is to say about a setting that is not known here, such as where it is known. */
  List<String> hints(String path);
}
