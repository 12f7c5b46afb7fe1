package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * One checkpoint on disk: two safetensors files, and {@code state.json} with their checksums and
 * its own.
 *
 * @param path the folder
 */
record CheckpointFolder(Path path) {
  private static final String PARAMETERS = "parameters.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";

  void write(Checkpoint checkpoint) throws IOException {
    Safetensors.write(path.resolve(PARAMETERS), checkpoint.parameters());
    Safetensors.write(path.resolve(OPTIMIZER), checkpoint.optimizer());
    Map<String, Object> state = state(checkpoint);
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("state", state);
    file.put("checksum", Fingerprint.of(Json.compact(state)));
    AtomicFile.write(path.resolve(STATE), Json.pretty(file));
  }

  private Map<String, Object> state(Checkpoint checkpoint) throws IOException {
    Map<String, Object> files = new TreeMap<>();
    files.put(PARAMETERS, checksum(path.resolve(PARAMETERS)));
    files.put(OPTIMIZER, checksum(path.resolve(OPTIMIZER)));
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("format", Formats.CURRENT);
    state.put("step", checkpoint.step());
    state.put("random", new TreeMap<>(checkpoint.random()));
    state.put("counters", new TreeMap<>(checkpoint.counters()));
    state.put("files", files);
    return state;
  }

  /**
   * Reads and checks every byte.
   *
   * @throws StoreException if anything is missing or not as it was written
   */
  Checkpoint read() {
    Path file = path.resolve(STATE);
    try {
      JsonFields whole = Json.parseObject(Files.readString(file, UTF_8), file.toString());
      JsonFields state = whole.object("state");
      check(whole.text("checksum").equals(Fingerprint.of(Json.compact(whole.get("state")))), file);
      Formats.check(file, state.integer("format", 1, Long.MAX_VALUE));
      Map<String, String> checksums = state.texts("files");
      for (String name : new String[] {PARAMETERS, OPTIMIZER}) {
        check(checksum(path.resolve(name)).equals(checksums.get(name)), path.resolve(name));
      }
      return new Checkpoint(
          state.integer("step", 0, Long.MAX_VALUE),
          Safetensors.read(path.resolve(PARAMETERS)).arrays(),
          Safetensors.read(path.resolve(OPTIMIZER)).arrays(),
          state.longs("random"),
          state.longs("counters"));
    } catch (IOException e) {
      throw StoreException.reading(path, e);
    }
  }

  private static void check(boolean holds, Path file) {
    if (!holds) {
      throw new StoreException(file + ": does not match its checksum");
    }
  }

  private static String checksum(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      byte[] buffer = new byte[1 << 16];
      while (in.read(buffer) >= 0) {
        // reading updates the checksum
      }
    }
    return "crc32c:" + HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
