package org.vqvae.core.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that a file holds. A field that is missing or of another kind is a
 * StoreException.
 */
public final class JsonFields {
  private final Map<String, @Nullable Object> values;
  private final String where;

  private JsonFields(Map<String, @Nullable Object> values, String where) {
    this.values = values;
    this.where = where;
  }

  /** Takes a value that {@link Json#parse} gave. */
  public static JsonFields of(@Nullable Object value, String where) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new StoreException(
          "%s: expected a JSON object but was %s".formatted(where, shown(value)));
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map.forEach((key, each) -> values.put(String.valueOf(key), each));
    return new JsonFields(values, where);
  }

  public Set<String> names() {
    return values.keySet();
  }

  /** The field as it is, or null if it is missing. */
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  public String text(String name) {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a text");
  }

  public long integer(String name, long minimum, long maximum) {
    if (values.get(name) instanceof Long number && number >= minimum && number <= maximum) {
      return number;
    }
    throw wrong(name, "a whole number from %d to %d".formatted(minimum, maximum));
  }

  /** A list of whole numbers, each from {@code minimum} on. */
  public long[] integers(String name, long minimum) {
    List<Long> numbers = new ArrayList<>();
    if (values.get(name) instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Long number && number >= minimum) {
          numbers.add(number);
        }
      }
      if (numbers.size() == items.size()) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
      }
    }
    throw wrong(name, "a list of whole numbers, each at least " + minimum);
  }

  public JsonFields object(String name) {
    return of(values.get(name), where + ": \"" + name + "\"");
  }

  /** A list of objects. */
  public List<JsonFields> objects(String name) {
    if (!(values.get(name) instanceof List<?> items)) {
      throw wrong(name, "a list of objects");
    }
    return items.stream().map(item -> of(item, where + ": \"" + name + "\"")).toList();
  }

  /** An object of whole numbers. */
  public Map<String, Long> longs(String name) {
    JsonFields fields = object(name);
    Map<String, Long> numbers = new LinkedHashMap<>();
    fields
        .names()
        .forEach(key -> numbers.put(key, fields.integer(key, Long.MIN_VALUE, Long.MAX_VALUE)));
    return numbers;
  }

  /** An object of texts. */
  public Map<String, String> texts(String name) {
    JsonFields fields = object(name);
    Map<String, String> texts = new LinkedHashMap<>();
    fields.names().forEach(key -> texts.put(key, fields.text(key)));
    return texts;
  }

  private StoreException wrong(String name, String expected) {
    return new StoreException(
        "%s: \"%s\" must be %s but %s"
            .formatted(
                where,
                name,
                expected,
                values.containsKey(name) ? "was " + shown(values.get(name)) : "is missing"));
  }

  private static String shown(@Nullable Object value) {
    String text = Json.compact(value);
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
