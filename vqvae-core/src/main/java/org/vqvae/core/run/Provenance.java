package org.vqvae.core.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.vqvae.core.store.Fingerprint;
import org.vqvae.core.store.Formats;
import org.vqvae.core.store.Json;
import org.vqvae.core.store.JsonFields;
import org.vqvae.core.store.StoreException;

/**
 * Where a run came from: enough to tell whether another run should give the same bytes.
 *
 * @param started when the run began
 * @param seed the experiment's seed
 * @param config the fingerprint of the resolved config
 * @param data the fingerprint of the data set
 * @param versions of the project (with its commit, if the build was told), Java, ND4J and oneDNN,
 *     by name
 * @param machine operating system, processor and number of threads, by name
 */
public record Provenance(
    Instant started,
    long seed,
    String config,
    String data,
    Map<String, String> versions,
    Map<String, String> machine) {
  private static final String UNKNOWN = "unknown";
  private static final String FORMAT = "format";

  /**
   * The provenance of a run that begins now, in this process.
   *
   * @param threads how many compute
   */
  public static Provenance of(
      Instant now, long seed, String resolvedConfig, String dataFingerprint, int threads) {
    return new Provenance(
        now.truncatedTo(ChronoUnit.SECONDS),
        seed,
        Fingerprint.of(resolvedConfig),
        dataFingerprint,
        currentVersions(),
        thisMachine(threads));
  }

  public String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(FORMAT, Formats.CURRENT);
    fields.put("started", started.toString());
    fields.put("seed", seed);
    fields.put("config", config);
    fields.put("data", data);
    fields.put("versions", versions);
    fields.put("machine", machine);
    return Json.pretty(fields);
  }

  /**
   * That of a run.
   *
   * @throws StoreException if the run folder is of another format
   */
  public static Provenance read(RunFolder folder) {
    return parse(RunFolder.text(folder.provenance()), folder.provenance().toString());
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @param where the file, for messages
   */
  public static Provenance parse(String json, String where) {
    JsonFields fields = Json.parseObject(json, where);
    Formats.check(where, fields.get(FORMAT) instanceof Long format ? format : 1);
    try {
      return new Provenance(
          Instant.parse(fields.text("started")),
          fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
          fields.text("config"),
          fields.text("data"),
          fields.texts("versions"),
          fields.texts("machine"));
    } catch (DateTimeException e) {
      throw new StoreException(where + ": \"started\" is not a time: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> currentVersions() {
    Properties build = properties("/org/vqvae/core/run/build.properties");
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("vqvae", build.getProperty("version", UNKNOWN));
    if (!build.getProperty("commit", "").isBlank()) {
      versions.put("commit", build.getProperty("commit"));
    }
    versions.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    versions.put("nd4j", artifact("org.nd4j", "nd4j-api"));
    versions.put("dnnl", artifact("org.bytedeco", "dnnl"));
    return versions;
  }

  private static Map<String, String> thisMachine(int threads) {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put(
        "os",
        Stream.of("os.name", "os.version", "os.arch")
            .map(System::getProperty)
            .reduce((a, b) -> a + " " + b)
            .orElse(UNKNOWN));
    machine.put("cpu", cpu());
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("threads", Integer.toString(threads));
    return machine;
  }

  /** The processor's name where the system tells it without a native call. */
  private static String cpu() {
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    if (windows != null) {
      return windows;
    }
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException | UncheckedIOException e) {
      return UNKNOWN;
    }
  }

  /** The version that a library's jar states. */
  private static String artifact(String group, String name) {
    return properties("/META-INF/maven/%s/%s/pom.properties".formatted(group, name))
        .getProperty("version", UNKNOWN);
  }

  private static Properties properties(String resource) {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
