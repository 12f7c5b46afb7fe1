package org.vqvae.core.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vqvae.core.config.ComponentChooser.Choice;
import org.vqvae.core.config.ComponentChooser.Part;

/** Reads those settings of a section that are components. */
final class PartReader {
  private final Section section;
  private final ComponentChooser chooser;
  private final Ledger ledger;

  PartReader(Section section, ComponentChooser chooser, Ledger ledger) {
    this.section = section;
    this.chooser = chooser;
    this.ledger = ledger;
  }

  /** Reads one component; what its place has by default counts as its default. */
  <T> Chosen<T> one(Class<T> role, String key) {
    String path = section.pathOf(key);
    Optional<Choice> choice =
        chooser.choose(
            new Part(role, path, section.written(key), section.initial(key), section.place()));
    choice.ifPresent(chosen -> keep(key, chosen));
    return placed(role, path, choice);
  }

  private void keep(String key, Choice choice) {
    if (choice.isDefault()) {
      ledger.keepDefault(key, choice.resolved());
    } else {
      ledger.keep(key, choice.resolved(), choice.nonDefault());
    }
  }

  /** Reads the elements of a list, each of which has the defaults of its type. */
  <T> List<Chosen<T>> all(Class<T> role, String key, List<ConfigValue> elements) {
    List<Optional<Choice>> choices = choose(role, key, elements, chooser);
    List<Map<String, Object>> resolved = resolved(choices);
    if (initial(role, key).filter(resolved::equals).isPresent()) {
      ledger.keepDefault(key, resolved);
    } else {
      List<Map<String, Object>> nonDefault =
          choices.stream().flatMap(Optional::stream).map(Choice::nonDefault).toList();
      ledger.keep(key, resolved, nonDefault);
    }
    return IntStream.range(0, choices.size())
        .mapToObj(i -> placed(role, elementOf(key, i), choices.get(i)))
        .toList();
  }

  /** The default of a list, with all settings of its elements. */
  private Optional<List<Map<String, Object>>> initial(Class<?> role, String key) {
    return section
        .initial(key)
        .filter(ConfigList.class::isInstance)
        .map(ConfigList.class::cast)
        .map(list -> resolved(choose(role, key, list, chooser.trial())));
  }

  private static List<Map<String, Object>> resolved(List<Optional<Choice>> choices) {
    return choices.stream().flatMap(Optional::stream).map(Choice::resolved).toList();
  }

  private List<Optional<Choice>> choose(
      Class<?> role, String key, List<ConfigValue> elements, ComponentChooser by) {
    return IntStream.range(0, elements.size())
        .mapToObj(i -> by.choose(element(role, elementOf(key, i), elements.get(i))))
        .toList();
  }

  private Part element(Class<?> role, String path, ConfigValue written) {
    return new Part(role, path, Optional.of(written), Optional.empty(), section.place());
  }

  private String elementOf(String key, int index) {
    return section.pathOf(key) + "[" + index + "]";
  }

  /** The handle of a part. One that was not chosen has a stand-in, which nobody ever resolves. */
  private static <T> Chosen<T> placed(Class<T> role, String path, Optional<Choice> choice) {
    return new Chosen.Placed<>(role, choice.map(Choice::type).orElse("?"), path);
  }
}
