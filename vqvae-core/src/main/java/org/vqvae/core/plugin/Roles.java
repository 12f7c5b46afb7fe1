package org.vqvae.core.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Model;
import org.vqvae.core.Prior;
import org.vqvae.core.RateSchedule;
import org.vqvae.core.config.ConfigProblem;
import org.vqvae.core.config.ConfigProblem.Kind;
import org.vqvae.core.config.KebabCase;
import org.vqvae.core.config.Place;
import org.vqvae.core.data.Dataset;

/** The names that config has for the interfaces that components implement. */
final class Roles {

  /** What every experiment is made of, in the order of the data's way. */
  static final List<Class<?>> OF_AN_EXPERIMENT =
      List.of(
          Dataset.class, Model.class, Encoder.class, Bottleneck.class, Decoder.class, Prior.class);

  private final Map<Class<?>, String> names = new LinkedHashMap<>();

  Roles() {
    OF_AN_EXPERIMENT.forEach(role -> names.put(role, KebabCase.of(role)));
    names.put(Dataset.class, "data");
    names.put(Bottleneck.class, "quantizer");
    names.put(RateSchedule.class, "schedule");
  }

  /**
   * The name of a role: the one that was given to it, else its interface's in lower case with '-'.
   */
  String name(Class<?> role) {
    return names.getOrDefault(role, KebabCase.of(role));
  }

  List<ConfigProblem> name(Class<?> role, String name) {
    List<ConfigProblem> problems = new ArrayList<>();
    String before = names.putIfAbsent(role, name);
    if (before != null && !before.equals(name)) {
      problems.add(clash(role.getName() + " already has the name \"" + before + "\"", name));
    }
    names.forEach(
        (other, taken) -> {
          if (taken.equals(name) && other != role) {
            problems.add(
                clash(other.getName() + " and " + role.getName() + " cannot share it", name));
          }
        });
    return problems;
  }

  private static ConfigProblem clash(String message, String name) {
    return ConfigProblem.of(Kind.DUPLICATE_ROLE, "role \"" + name + "\"", Place.NOWHERE, message);
  }
}
