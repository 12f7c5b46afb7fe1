package org.vqvae.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.vqvae.core.IncompatibleException;

/**
 * What a process takes of the machine's memory (its resident set), in bytes, while it works.
 *
 * @param steps how often the work was done in between
 * @param before the steps
 * @param after them
 * @param most at any time since the process began
 */
record Memory(int steps, long before, long after, long most) implements Result {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double MEGA = 1 << 20;

  /**
   * Does some work over and over.
   *
   * @throws IncompatibleException where the system does not say what a process takes
   */
  static Memory watch(Runnable work, int warmUp, int steps) {
    repeat(work, warmUp);
    System.gc();
    long before = read("VmRSS");
    repeat(work, steps);
    System.gc();
    return new Memory(steps, before, read("VmRSS"), read("VmHWM"));
  }

  private static void repeat(Runnable work, int times) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }

  private static long read(String field) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(field + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow(() -> unknown(field));
    } catch (IOException e) {
      throw unknown(e.toString());
    }
  }

  private static IncompatibleException unknown(String why) {
    return new IncompatibleException(
        "what this process takes is read from %s, which only Linux has (%s)"
            .formatted(STATUS, why));
  }

  @Override
  public String line() {
    return String.format(
        Locale.ROOT,
        "memory: %.0f MiB before %d steps, %.0f MiB after them (%+.1f); never more than %.0f MiB",
        before / MEGA,
        steps,
        after / MEGA,
        (after - before) / MEGA,
        most / MEGA);
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("figure", "memory");
    fields.put("steps", steps);
    fields.put("before-bytes", before);
    fields.put("after-bytes", after);
    fields.put("most-bytes", most);
    return fields;
  }
}
