package org.vqvae.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.IncompatibleException;
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
  private final Ledger ledger = new Ledger();
  private final PartReader parts;

  public SectionReader(Section section, Problems problems, ComponentChooser chooser) {
    this.section = section;
    this.problems = problems;
    this.chooser = chooser;
    this.parts = new PartReader(section, chooser, ledger);
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
    return ledger.resolved();
  }

  /**
   * The settings that differ from their defaults, however they were written. A part among them has
   * its type and such settings of its own.
   */
  public Map<String, Object> nonDefault() {
    return ledger.nonDefault();
  }

  /**
   * Every setting that was asked for, in that order; those of an inner section as {@code
   * section.key}.
   */
  public List<Setting> settings() {
    return ledger.settings();
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
    return read(
        key,
        "a whole number, " + range.text(),
        value -> value.number("whole number", range).map(BigDecimal::intValue),
        range.standIn().intValue());
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
    return read(
        key,
        "a number, " + range.text(),
        value -> value.number("number", range).map(BigDecimal::doubleValue),
        range.standIn().doubleValue());
  }

  @Override
  public String text(String key) {
    return read(key, "a text", WrittenValue::text, "?");
  }

  @Override
  public boolean flag(String key) {
    return read(key, "true or false", WrittenValue::flag, false);
  }

  @Override
  public Path path(String key) {
    return Path.of(read(key, "a path", value -> value.file().map(Path::toString), ""));
  }

  @Override
  public <E extends Enum<E>> E choice(String key, Class<E> constants) {
    E[] all = constants.getEnumConstants();
    List<String> names = Arrays.stream(all).map(KebabCase::of).toList();
    String allowed = "one of " + String.join(", ", names);
    String name = read(key, allowed, value -> value.oneOf(names), names.get(0));
    return all[names.indexOf(name)];
  }

  @Override
  public List<Integer> integers(String key, int minimum) {
    String allowed = "a list of whole numbers, each at least " + minimum;
    return read(key, allowed, value -> value.integers(minimum), List.of());
  }

  /** Reads a value, or gives a stand-in and reports why. */
  private <V> V read(
      String key, String allowed, Function<WrittenValue, Optional<V>> meaning, V standIn) {
    V value = find(key, allowed).flatMap(meaning).orElse(standIn);
    Problems unseen = Problems.of(section.owner());
    boolean isDefault =
        section
            .initial(key)
            .map(it -> new WrittenValue(section.pathOf(key), it, Optional.empty(), unseen))
            .flatMap(meaning)
            .filter(value::equals)
            .isPresent();
    if (isDefault) {
      ledger.keepDefault(key, value);
    } else {
      ledger.keep(key, value, value);
    }
    return value;
  }

  @Override
  public <T> Chosen<T> component(Class<T> role, String key) {
    register(key, chooser.allowed(role));
    return parts.one(role, key);
  }

  @Override
  public <T> List<Chosen<T>> components(Class<T> role, String key) {
    String each = chooser.allowed(role);
    List<ConfigValue> elements =
        find(key, "a list, each " + each)
            .flatMap(value -> value.list("a list such as [{ type = ..., ... }], each " + each))
            .orElse(List.of());
    return parts.all(role, key, elements);
  }

  @Override
  @SuppressWarnings("NullAway") // null only beside problems, because of which nobody uses it
  public <S> S section(String key, Function<ConfigReader, S> reader) {
    SectionReader inner = new SectionReader(inner(key), problems, chooser);
    S result = inner.read(reader);
    ledger.register(key, inner.settings().stream().map(setting -> setting.under(key)).toList());
    if (inner.nonDefault().isEmpty()) {
      ledger.keepDefault(key, inner.resolved());
    } else {
      ledger.keep(key, inner.resolved(), inner.nonDefault());
    }
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
  public void resolve(String key, String value) {
    valueOf(key);
    if (section.initial(key).filter(it -> value.equals(it.unwrapped())).isPresent()) {
      ledger.keepDefault(key, value);
    } else {
      ledger.keep(key, value, value);
    }
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
    if (!ledger.register(key, List.of(setting))) {
      throw new IllegalStateException(section.owner() + " reads its setting " + key + " twice");
    }
  }

  private void reportMissing(String key, String allowed) {
    List<String> comment = section.comment(key);
    problems.add(
        problem(Kind.MISSING, section.pathOf(key), section.owner() + " needs " + allowed)
            .withDetails(comment.isEmpty() ? List.of() : List.of(String.join(" ", comment))));
  }

  private boolean isUnknown(String key) {
    return !ledger.keys().contains(key)
        && section.written(key).isPresent()
        && !(key.equals("type") && section.isComponent());
  }

  private void reportUnknown(String key) {
    String path = section.pathOf(key);
    Place place = problems.place(valueOf(key).origin());
    if (chooser.isLeftOver(path, place)) {
      return;
    }
    List<ConfigProblem> renamed = RenamedKeys.problems(path, valueOf(key), problems);
    renamed.forEach(problems::add);
    if (renamed.isEmpty()) {
      reportUnknown(key, path, place);
    }
  }

  private void reportUnknown(String key, String path, Place place) {
    Set<String> known = ledger.keys();
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
}
