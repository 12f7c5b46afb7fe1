package org.vqvae.core.config;

import java.util.List;

/**
 * An experiment cannot be run as it is written. The message lists every problem and is meant to be
 * shown as it is.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /**
   * @param title what was read, such as the file's name
   * @param problems at least one
   */
  public ConfigException(String title, List<ConfigProblem> problems) {
    super(render(title, problems));
    this.problems = List.copyOf(problems);
  }

  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String render(String title, List<ConfigProblem> problems) {
    StringBuilder text = new StringBuilder(title);
    text.append(problems.size() == 1 ? ": 1 problem" : ": " + problems.size() + " problems");
    text.append(", nothing was run.");
    for (int i = 0; i < problems.size(); i++) {
      text.append('\n').append(i + 1).append(") ").append(problems.get(i));
    }
    return text.toString();
  }
}
