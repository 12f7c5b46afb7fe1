package org.vqvae.audio.wav;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vqvae.audio.Sounds;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.MediaFiles;

/**
 * Sound as WAV files: read by {@link WavReader}, mixed down to one channel and resampled by {@link
 * Resampler}; written in 16 bits, each example to a file of its own.
 */
public final class SoundFiles implements MediaFiles {
  private static final int BYTES_PER_BYTE = 6;

  @Override
  public Medium medium() {
    return Sounds.MEDIUM;
  }

  @Override
  public String extension() {
    return ".wav";
  }

  @Override
  public Example read(Path file, DataSpec form) {
    checkMemory(file, Runtime.getRuntime().maxMemory());
    Sound sound = WavReader.read(file);
    float[] samples = new Resampler(sound.sampleRate(), Sounds.rate(form)).apply(sound.samples());
    return new Example(form.withGrid(new Grid(samples.length)), samples);
  }

  /** Samples are read in 8 to 32 bits and computed with in 32, before and after resampling. */
  static void checkMemory(Path file, long heap) {
    long size = Files.exists(file) ? file.toFile().length() : 0;
    if (size > heap / BYTES_PER_BYTE) {
      throw DataException.of(
          file,
          "has %d MB, and reading it takes up to %d MB of Java heap, but there are %d MB"
              .formatted(size >> 20, (size * BYTES_PER_BYTE) >> 20, heap >> 20),
          "Cut it into parts, or give more heap (VQVAE_HEAP)");
    }
  }

  @Override
  public void write(Example example, Path file) {
    WavWriter.write(file, new Sound(Sounds.rate(example.spec()), example.values()));
  }

  @Override
  public List<Path> writeAll(List<Example> examples, Path folder, String name) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Path file = folder.resolve(name + "-" + (i + 1) + extension());
      write(examples.get(i), file);
      files.add(file);
    }
    return files;
  }

  /** {@code NAME-1-original.wav} and {@code NAME-1-reconstruction.wav}, and so on. */
  @Override
  public List<Path> writePairs(
      List<Example> originals, List<Example> reconstructions, Path folder, String name) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < originals.size(); i++) {
      String pair = originals.size() == 1 ? name : name + "-" + (i + 1);
      Path original = folder.resolve(pair + "-original" + extension());
      Path reconstruction = folder.resolve(pair + "-reconstruction" + extension());
      write(originals.get(i), original);
      write(reconstructions.get(i), reconstruction);
      files.add(original);
      files.add(reconstruction);
    }
    return files;
  }
}
