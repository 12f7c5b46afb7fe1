package org.vqvae.core.store;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain values: {@code Map<String, ?>} in order, {@code List<?>}, String, Boolean, null,
 * Long for whole numbers and Double for others. Strict: a repeated key or anything after the value
 * is an error.
 *
 * <p>JSON has no NaN and no infinities; they are written as the texts {@code "NaN"}, {@code
 * "Infinity"} and {@code "-Infinity"}.
 */
public final class Json {

  private Json() {}

  /** On one line, without spaces. */
  public static String compact(@Nullable Object value) {
    return render(value, "");
  }

  /** For people: indented by two spaces, with a line end after the last line. */
  public static String pretty(@Nullable Object value) {
    return render(value, "  ") + "\n";
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static @Nullable Object parse(String text) {
    JsonReader in = new JsonReader(new StringReader(text));
    in.setStrictness(Strictness.STRICT);
    try {
      Object value = value(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("not JSON: more than one value");
      }
      return value;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException("not JSON: " + firstLine(e), e);
    }
  }

  /**
   * Reads one object, whose fields are then asked for by name; {@code where} begins every message.
   */
  public static JsonFields parseObject(String text, String where) {
    try {
      return JsonFields.of(parse(text), where);
    } catch (IllegalArgumentException e) {
      throw new StoreException(where + ": " + e.getMessage(), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static @Nullable Object value(JsonReader in) throws IOException {
    return switch (in.peek()) {
      case BEGIN_OBJECT -> object(in);
      case BEGIN_ARRAY -> array(in);
      case STRING -> in.nextString();
      case BOOLEAN -> in.nextBoolean();
      case NUMBER -> number(in.nextString());
      case NULL -> {
        in.nextNull();
        yield null;
      }
      default -> throw new IllegalArgumentException("not JSON: the value is missing");
    };
  }

  private static Map<String, @Nullable Object> object(JsonReader in) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (fields.containsKey(name)) {
        throw new IllegalArgumentException("not JSON: \"" + name + "\" is there twice");
      }
      fields.put(name, value(in));
    }
    in.endObject();
    return fields;
  }

  private static List<@Nullable Object> array(JsonReader in) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      items.add(value(in));
    }
    in.endArray();
    return items;
  }

  private static Object number(String text) {
    if (text.matches("-?\\d{1,19}")) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        return Double.parseDouble(text);
      }
    }
    return Double.parseDouble(text);
  }

  private static String render(@Nullable Object value, String indent) {
    StringWriter text = new StringWriter();
    JsonWriter out = new JsonWriter(text);
    out.setIndent(indent);
    out.setHtmlSafe(false);
    out.setSerializeNulls(true);
    try {
      write(out, value);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonWriter out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.nullValue();
    } else if (value instanceof Map<?, ?> fields) {
      out.beginObject();
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        write(out.name(String.valueOf(field.getKey())), field.getValue());
      }
      out.endObject();
    } else if (value instanceof Iterable<?> items) {
      out.beginArray();
      for (Object item : items) {
        write(out, item);
      }
      out.endArray();
    } else {
      writeScalar(out, value);
    }
  }

  private static void writeScalar(JsonWriter out, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      out.value(flag);
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      out.value(number);
    } else if (value instanceof Number || value instanceof CharSequence) {
      out.value(value.toString());
    } else {
      throw new IllegalArgumentException("no JSON for a " + value.getClass().getName());
    }
  }
}
