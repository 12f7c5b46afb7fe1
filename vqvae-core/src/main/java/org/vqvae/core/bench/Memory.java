package org.vqvae.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vqvae.core.IncompatibleException;

/**
 * What a process takes of the machine's memory (its resident set), in bytes, while it works.
 *
 * @param steps how often the work was done in between
 * @param before the steps
 * @param quarters after each quarter of the steps: what still fills at the beginning, such as
 *     compiled code, shows in the first, a leak in all
 * @param most at any time since the process began
 */
record Memory(int steps, long before, List<Long> quarters, long most) implements Result {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double MEGA = 1 << 20;

  /**
   * Does some work over and over.
   *
   * @throws IncompatibleException where the system does not say what a process takes
   */
  static Memory watch(Runnable work, int warmUp, int steps) {
    repeat(work, warmUp);
    long before = resident();
    List<Long> quarters = new ArrayList<>();
    for (int quarter = 1; quarter <= 4; quarter++) {
      repeat(work, quarter * steps / 4 - (quarter - 1) * steps / 4);
      quarters.add(resident());
    }
    return new Memory(steps, before, quarters, read("VmHWM"));
  }

  private static long resident() {
    System.gc();
    return read("VmRSS");
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
    String quarterly =
        quarters.stream()
            .map(bytes -> String.format(Locale.ROOT, "%.0f", bytes / MEGA))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "memory: %.0f MiB before %d steps, %s MiB after each quarter of them; never more than %.0f"
            + " MiB",
        before / MEGA,
        steps,
        quarterly,
        most / MEGA);
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("figure", "memory");
    fields.put("steps", steps);
    fields.put("before-bytes", before);
    fields.put("quarters-bytes", quarters);
    fields.put("most-bytes", most);
    return fields;
  }
}
