package org.vqvae.audio.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.vqvae.audio.wav.WavBytes;
import org.vqvae.core.random.RandomStream;

/** Small collections of sound, for tests to read or to spoil. */
final class TinySounds {
  /** What {@link #digits} follows. */
  static final String PATTERN = "{digit}_{speaker}_{index}.wav";

  private TinySounds() {}

  /** 2 digits of 2 speakers, 5 times each: noise of 100 to 119 samples at 8 kHz. */
  static Map<String, byte[]> digits(long seed) {
    Map<String, byte[]> files = new TreeMap<>();
    int length = 100;
    for (int digit : new int[] {7, 10}) {
      for (String speaker : new String[] {"theo", "anna"}) {
        for (int index = 0; index < 5; index++, length++) {
          files.put(
              "recordings/%d_%s_%d.wav".formatted(digit, speaker, index),
              noise(8000, length, seed + length));
        }
      }
    }
    return files;
  }

  static byte[] noise(int rate, int length, long seed) {
    RandomStream random = RandomStream.of(seed, "noise");
    int[] samples = new int[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (short) random.nextLong();
    }
    return WavBytes.pcm16(rate, 1, samples);
  }

  static Path folder(Path folder, Map<String, byte[]> files) {
    files.forEach((name, content) -> write(folder.resolve(name), content));
    return folder;
  }

  static Path zip(Path file, Map<String, byte[]> files) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, byte[]> each : files.entrySet()) {
          zip.putNextEntry(new ZipEntry(each.getKey()));
          zip.write(each.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Index 3 for validation, 0 and 1 for testing; speakers are the classes. */
  static WavSettings settings(Path path) {
    return settings(path, PATTERN, "speaker", "3-3", "0-1");
  }

  static WavSettings settings(
      Path path, String fields, String label, String validation, String test) {
    Naming naming =
        NamePattern.parse(fields)
            .map(pattern -> (Naming) pattern)
            .orElseGet(() -> new Naming.Folders(label));
    return new WavSettings(
        path,
        8000,
        64,
        naming,
        label,
        SplitRule.parse(validation).orElseThrow(),
        SplitRule.parse(test).orElseThrow());
  }
}
