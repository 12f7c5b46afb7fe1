package org.vqvae.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ComponentChooser.Part;
import org.vqvae.core.config.ConfigProblem.Kind;

/**
 * A reader of one section that takes down what it was asked for, so that it can tell the keys that
 * nobody asked for.
 */
public final class SectionReader implements ConfigReader {
  private static final ConfigObject NOTHING = ConfigValueFactory.fromMap(Map.of());

  private final Section section;
  private final Problems problems;
  private final ComponentChooser chooser;
  private final int problemsBefore;
  private boolean unresolved;
  private final Map<String, List<Setting>> settings = new LinkedHashMap<>();
  private final Map<String, Object> resolved = new LinkedHashMap<>();

  public SectionReader(Section section, Problems problems, ComponentChooser chooser) {
    this.section = section;
    this.problems = problems;
    this.chooser = chooser;
    this.problemsBefore = problems.count();
  }

  /** Reads the whole section and reports what is left of it. Null only if there were problems. */
  public <S> @Nullable S read(Function<ConfigReader, S> reader) {
    S result = null;
    try {
      result = reader.apply(this);
    } catch (IllegalArgumentException | IncompatibleException e) {
      if (isSound()) {
        problems.add(problem(Kind.INVALID, section.path(), String.valueOf(e.getMessage())));
      }
    } catch (RuntimeException e) {
      if (isSound()) {
        throw e;
      } // else it stumbled over a stand-in, and the reason is known
    }
    section.written().keySet().stream()
        .sorted()
        .filter(this::isUnknown)
        .forEach(this::reportUnknown);
    return result;
  }

  /** Every setting that was read, with its value, so that another reading needs no defaults. */
  public Map<String, Object> resolved() {
    return resolved;
  }

  /**
   * Every setting that was asked for, in that order; those of an inner section as {@code
   * section.key}.
   */
  public List<Setting> settings() {
    return settings.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public Int integer(String key) {
    return new Int() {
      @Override
      public int atLeast(int minimum) {
        return integer(key, Range.intAtLeast(minimum));
      }

      @Override
      public int between(int minimum, int maximum) {
        return integer(key, Range.intBetween(minimum, maximum));
      }
    };
  }

  private int integer(String key, Range range) {
    return keep(key, number(key, "whole number", range).intValue());
  }

  @Override
  public Real real(String key) {
    return new Real() {
      @Override
      public double atLeast(double minimum) {
        return real(key, Range.atLeast(minimum));
      }

      @Override
      public double greaterThan(double bound) {
        return real(key, Range.greaterThan(bound));
      }

      @Override
      public double between(double minimum, double maximum) {
        return real(key, Range.between(minimum, maximum));
      }
    };
  }

  private double real(String key, Range range) {
    return keep(key, number(key, "number", range).doubleValue());
  }

  private BigDecimal number(String key, String kind, Range range) {
    return find(key, "a " + kind + ", " + range.text())
        .flatMap(value -> value.number(kind, range))
        .orElseGet(range::standIn);
  }

  @Override
  public String text(String key) {
    return keep(key, find(key, "a text").flatMap(WrittenValue::text).orElse("?"));
  }

  @Override
  public boolean flag(String key) {
    return keep(key, find(key, "true or false").flatMap(WrittenValue::flag).orElse(false));
  }

  @Override
  public Path path(String key) {
    Path path = find(key, "a path").flatMap(WrittenValue::file).orElse(Path.of(""));
    keep(key, path.toString());
    return path;
  }

  @Override
  public <E extends Enum<E>> E choice(String key, Class<E> constants) {
    E[] all = constants.getEnumConstants();
    List<String> names = Arrays.stream(all).map(SectionReader::nameOf).toList();
    String allowed = "one of " + String.join(", ", names);
    String name = find(key, allowed).flatMap(value -> value.oneOf(names)).orElse(names.get(0));
    return all[names.indexOf(keep(key, name))];
  }

  @Override
  public List<Integer> integers(String key, int minimum) {
    return keep(
        key,
        find(key, "a list of whole numbers, each at least " + minimum)
            .flatMap(value -> value.integers(minimum))
            .orElse(List.of()));
  }

  @Override
  public void component(Class<?> role, String key) {
    register(key, chooser.allowed(role));
    chooser
        .choose(
            new Part(
                role,
                section.pathOf(key),
                section.written(key),
                section.initial(key),
                section.place()))
        .ifPresent(settingsOfPart -> keep(key, settingsOfPart));
  }

  @Override
  @SuppressWarnings("NullAway") // null only beside problems, because of which nobody uses it
  public <S> S section(String key, Function<ConfigReader, S> reader) {
    SectionReader inner = new SectionReader(inner(key), problems, chooser);
    S result = inner.read(reader);
    settings.put(key, inner.settings().stream().map(setting -> setting.under(key)).toList());
    keep(key, inner.resolved());
    return result;
  }

  private Section inner(String key) {
    String path = section.pathOf(key);
    Optional<ConfigValue> written = section.written(key);
    Place place = written.map(value -> problems.place(value.origin())).orElse(section.place());
    ConfigObject defaults = section.initial(key).map(it -> (ConfigObject) it).orElse(NOTHING);
    ConfigObject own = written.map(value -> object(path, value)).orElse(NOTHING);
    return new Section(path, path, section.manual(), own, defaults, place);
  }

  private ConfigObject object(String path, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object;
    }
    if (!Substitutions.isUnresolved(value)) {
      new WrittenValue(path, value, Optional.empty(), problems)
          .reject(Kind.WRONG_TYPE, "must be a section, " + path + " { ... }");
    }
    return NOTHING;
  }

  @Override
  public void problem(String key, String message) {
    if (isSound()) {
      new WrittenValue(section.pathOf(key), valueOf(key), Optional.empty(), problems)
          .reject(Kind.INVALID, message);
    }
  }

  private ConfigValue valueOf(String key) {
    return section
        .value(key)
        .orElseThrow(() -> new IllegalArgumentException("setting \"" + key + "\" was never read"));
  }

  private Optional<WrittenValue> find(String key, String allowed) {
    register(key, allowed);
    Optional<ConfigValue> value = section.value(key);
    if (value.isEmpty()) {
      reportMissing(key, allowed);
    }
    Optional<String> initial =
        section.written(key).isEmpty() ? Optional.empty() : section.initial(key).map(Shown::value);
    unresolved |= value.filter(Substitutions::isUnresolved).isPresent();
    return value
        .filter(it -> !Substitutions.isUnresolved(it))
        .map(it -> new WrittenValue(section.pathOf(key), it, initial, problems));
  }

  private void register(String key, String allowed) {
    Optional<String> initial = section.initial(key).map(Shown::value);
    Setting setting = new Setting(key, allowed, initial, section.comment(key));
    if (settings.put(key, List.of(setting)) != null) {
      throw new IllegalStateException(section.owner() + " reads its setting " + key + " twice");
    }
  }

  private <V> V keep(String key, V value) {
    resolved.put(key, value);
    return value;
  }

  private void reportMissing(String key, String allowed) {
    List<String> comment = section.comment(key);
    problems.add(
        problem(Kind.MISSING, section.pathOf(key), section.owner() + " needs " + allowed)
            .withDetails(comment.isEmpty() ? List.of() : List.of(String.join(" ", comment))));
  }

  private boolean isUnknown(String key) {
    return !settings.containsKey(key)
        && section.written(key).isPresent()
        && !(key.equals("type") && section.isComponent());
  }

  private void reportUnknown(String key) {
    String path = section.pathOf(key);
    Place place = problems.place(valueOf(key).origin());
    if (chooser.isLeftOver(path, place)) {
      return;
    }
    Set<String> known = new LinkedHashSet<>(settings.keySet());
    List<String> details = new ArrayList<>(chooser.hints(path));
    details.add(
        known.isEmpty()
            ? section.owner() + " has no settings"
            : "settings: " + String.join(", ", known));
    details.add("try: vqvae explain " + section.manual());
    problems.add(
        ConfigProblem.of(Kind.UNKNOWN_KEY, path, place, "not a setting of " + section.owner())
            .withSuggestion(Nearest.to(key, known))
            .withDetails(details));
  }

  private ConfigProblem problem(Kind kind, String path, String message) {
    return ConfigProblem.of(kind, path, section.place(), message);
  }

  /** False as soon as any value is a stand-in, with which there is no arguing. */
  private boolean isSound() {
    return problems.count() == problemsBefore && !unresolved;
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
