package org.vqvae.core.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vqvae.core.data.DataException;
import org.vqvae.core.store.AtomicFile;

/**
 * The figures of a run, each under a key that says what it is. Immutable: {@link #with} gives a new
 * one.
 */
public final class Results {

  /** One figure: its key and a {@link Double} or a {@link String}. */
  public record Entry(ResultKey key, Object value) {

    /** The value as a person reads it. */
    public String text() {
      return value instanceof Double number ? Figures.format(number) : (String) value;
    }
  }

  private static final double LARGEST_EXACT_INTEGER = 1L << 53;

  private final Map<String, Entry> entries;

  private Results(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  public static Results empty() {
    return new Results(new LinkedHashMap<>());
  }

  /** These results and one figure more, or in place of the one that the key had. */
  public Results with(ResultKey key, double value) {
    return add(key, value, false);
  }

  /** These results and one figure in words. */
  public Results with(ResultKey key, String value) {
    return add(key, value, true);
  }

  /** These results and those of a later stage, which win where both have a figure. */
  public Results with(Results later) {
    Map<String, Entry> all = new LinkedHashMap<>(entries);
    all.putAll(later.entries);
    return new Results(all);
  }

  /**
   * The same figures in the order of the catalog.
   *
   * @throws IllegalArgumentException if one has a key that the catalog lacks
   */
  public Results ordered(KeyCatalog catalog) {
    Map<String, Entry> ordered = new LinkedHashMap<>();
    for (ResultKey key : catalog.keys()) {
      entries.forEach(
          (name, entry) -> {
            if (key.covers(name)) {
              ordered.putIfAbsent(name, entry);
            }
          });
    }
    for (String name : entries.keySet()) {
      if (!ordered.containsKey(name)) {
        throw new IllegalArgumentException(
            name + " is no documented key of results: a medium lists its keys beside its exhibits");
      }
    }
    return new Results(ordered);
  }

  /** A number, if the run measured it. */
  public OptionalDouble number(ResultKey key) {
    Entry entry = entries.get(key.name());
    return entry != null && entry.value instanceof Double value
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  /** Words, if the run has them. */
  public Optional<String> text(ResultKey key) {
    Entry entry = entries.get(key.name());
    return entry != null && entry.value instanceof String value
        ? Optional.of(value)
        : Optional.empty();
  }

  /** All figures, in the order in which they were added, or that of the catalog. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** What stands for the placeholder of a key wherever it has a figure, such as names of priors. */
  public List<String> names(ResultKey key) {
    return entries.keySet().stream().flatMap(name -> key.placed(name).stream()).toList();
  }

  /** The names of the priors whose bits per code are known. */
  public List<String> priors() {
    return names(ResultKeys.PRIOR_BITS);
  }

  /** The names of the fields that a probe was trained for. */
  public List<String> fields() {
    return names(ResultKeys.PROBE_ACCURACY);
  }

  /** The names of the codebooks. */
  public List<String> codebooks() {
    return names(ResultKeys.CODEBOOK_SIZE);
  }

  /** One line for each figure, {@code "key": value}; ends with a line break. */
  public String json() {
    JsonObject object = new JsonObject();
    entries.values().forEach(entry -> object.add(entry.key.name(), json(entry.value)));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(object)
        + "\n";
  }

  /** Writes {@code results.json} in one move: a reader sees the old file or the new one. */
  public void write(Path file) {
    AtomicFile.write(file, json());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param catalog the keys that it may hold
   * @throws DataException if the file is not that
   */
  public static Results read(Path file, KeyCatalog catalog) {
    try {
      return parse(Files.readString(file), file.toString(), catalog);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Results parse(String json, String file, KeyCatalog catalog) {
    JsonObject object;
    try {
      object = JsonParser.parseString(json).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new DataException(
          file + ": not a JSON object; the command that wrote it can write it again", e);
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    object.entrySet().forEach(member -> entries.put(member.getKey(), entry(member, file, catalog)));
    return new Results(entries).ordered(catalog);
  }

  private static Entry entry(
      Map.Entry<String, JsonElement> member, String file, KeyCatalog catalog) {
    String name = member.getKey();
    ResultKey key =
        catalog
            .find(name)
            .orElseThrow(
                () ->
                    new DataException(
                        file
                            + ": \""
                            + name
                            + "\" is no key of results; see docs/results-keys.md, and install the"
                            + " module of the run's medium if it is missing"));
    try {
      JsonPrimitive value = member.getValue().getAsJsonPrimitive();
      return new Entry(
          key, key.isText() ? value.getAsString() : (Object) Double.valueOf(value.getAsString()));
    } catch (IllegalStateException | NumberFormatException e) {
      throw new DataException(
          file
              + ": \""
              + name
              + "\" is "
              + member.getValue()
              + " but must be "
              + (key.isText() ? "words" : "a number"),
          e);
    }
  }

  private Results add(ResultKey key, Object value, boolean text) {
    if (key.hasPlaceholder()) {
      throw new IllegalArgumentException(
          key.name() + " is not a complete key of results: fill its <name> by of(name)");
    }
    if (key.isText() != text) {
      throw new IllegalArgumentException(
          key.name() + " takes " + (key.isText() ? "words" : "a number") + ", not " + value);
    }
    Map<String, Entry> all = new LinkedHashMap<>(entries);
    all.put(key.name(), new Entry(key, value));
    return new Results(all);
  }

  private static JsonPrimitive json(Object value) {
    if (!(value instanceof Double number)) {
      return new JsonPrimitive((String) value);
    }
    if (!Double.isFinite(number)) {
      return new JsonPrimitive(number.toString());
    }
    boolean integer = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT_INTEGER;
    return integer ? new JsonPrimitive((long) (double) number) : new JsonPrimitive(number);
  }
}
