package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a run, one JSON object per line: {@code
 * {"stage":"autoencoder","step":100,"seconds":3.5,"loss":0.12}}. A line is on its way to the disk
 * when {@link #append} returns. NaN and infinities are the texts {@code "NaN"}, {@code "Infinity"}
 * and {@code "-Infinity"}. Not thread-safe.
 */
public final class MetricsLog implements AutoCloseable {
  private static final Set<String> RESERVED = Set.of("stage", "step", "seconds");

  private final Path file;
  private final FileChannel channel;

  /**
   * What was measured at one step.
   *
   * @param seconds wall time of the stage until then
   * @param values by name, in order; "stage", "step" and "seconds" are taken
   */
  public record Line(String stage, long step, double seconds, Map<String, Double> values) {

    public Line {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      if (values.keySet().stream().anyMatch(RESERVED::contains)) {
        throw new IllegalArgumentException("a metric cannot be called one of " + RESERVED);
      }
    }

    private String json() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("stage", stage);
      fields.put("step", step);
      fields.put("seconds", seconds);
      fields.putAll(values);
      return Json.compact(fields) + "\n";
    }
  }

  MetricsLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a log to add to; makes it if there is none. A torn last line, left by a kill, is cut off.
   */
  public static MetricsLog open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      MetricsLog log = new MetricsLog(file, channel);
      log.cut(scan(file, line -> false));
      return log;
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  /** All whole lines of a log; none if there is no file. A torn last line is left out. */
  public static List<Line> read(Path file) {
    List<Line> lines = new ArrayList<>();
    try {
      scan(
          file,
          line -> {
            lines.add(line);
            return false;
          });
    } catch (NoSuchFileException e) {
      return lines;
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
    return lines;
  }

  public void append(Line line) {
    long end = -1;
    try {
      end = channel.position();
      AtomicFile.writeFully(channel, ByteBuffer.wrap(line.json().getBytes(UTF_8)));
    } catch (IOException e) {
      dropFrom(end, e);
      throw StoreException.writing(file, e);
    }
  }

  /**
   * Forgets what came after that step of that stage, later stages included, so that a run that goes
   * on from there writes what an uninterrupted one would have.
   */
  public void rewind(String stage, long step) {
    try {
      cut(scan(file, line -> line.stage().equals(stage) && line.step() > step));
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  private void cut(long length) throws IOException {
    if (length < channel.size()) {
      channel.truncate(length);
    }
    channel.position(length);
  }

  private void dropFrom(long end, IOException fault) {
    try {
      if (end >= 0) {
        cut(end);
      }
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  /** Decides whether to stop before a line. */
  private interface Visitor {
    boolean stopsAt(Line line);
  }

  /** Visits whole lines; the result is where the first line begins that was not passed. */
  private static long scan(Path file, Visitor visitor) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int number = 1;
    int begin = 0;
    for (int end = lineEnd(bytes, begin); end >= 0; end = lineEnd(bytes, begin)) {
      String where = "%s: line %d".formatted(file, number);
      if (visitor.stopsAt(parse(new String(bytes, begin, end - begin, UTF_8), where))) {
        return begin;
      }
      begin = end + 1;
      number++;
    }
    return begin;
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Line parse(String text, String where) {
    JsonFields fields = Json.parseObject(text, where);
    Map<String, Double> values = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!RESERVED.contains(name)) {
        values.put(name, real(fields.get(name), name, where));
      }
    }
    return new Line(
        fields.text("stage"),
        fields.integer("step", 0, Long.MAX_VALUE),
        real(fields.get("seconds"), "seconds", where),
        values);
  }

  private static double real(@Nullable Object value, String name, String where) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if ("NaN".equals(value) || "Infinity".equals(value) || "-Infinity".equals(value)) {
      return Double.parseDouble((String) value);
    }
    throw new StoreException("%s: \"%s\" is not a number; remove the line".formatted(where, name));
  }
}
