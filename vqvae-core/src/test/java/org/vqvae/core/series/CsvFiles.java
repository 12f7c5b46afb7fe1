package org.vqvae.core.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.store.AtomicFile;

/** Series as CSV files: one number a line, or an original and its reconstruction a line. */
final class CsvFiles implements MediaFiles {
  @Override
  public Medium medium() {
    return SeriesPlugin.SERIES;
  }

  @Override
  public String extension() {
    return ".csv";
  }

  @Override
  public Example read(Path file, DataSpec form) {
    try {
      List<String> lines = Files.readAllLines(file);
      float[] values = new float[lines.size()];
      for (int t = 0; t < values.length; t++) {
        values[t] = Float.parseFloat(lines.get(t));
      }
      return new Example(form.withGrid(new Grid(values.length)), values);
    } catch (IOException | NumberFormatException e) {
      throw DataException.of(file, "is no series: " + e.getMessage(), "Write a number a line", e);
    }
  }

  @Override
  public void write(Example example, Path file) {
    write(file, example.values().length, t -> decimals(example.values()[t]));
  }

  @Override
  public List<Path> writeAll(List<Example> examples, Path folder, String name) {
    List<Path> files = files(folder, name, examples.size());
    for (int i = 0; i < files.size(); i++) {
      write(examples.get(i), files.get(i));
    }
    return files;
  }

  @Override
  public List<Path> writePairs(
      List<Example> originals, List<Example> reconstructions, Path folder, String name) {
    List<Path> files = files(folder, name, originals.size());
    for (int i = 0; i < files.size(); i++) {
      float[] original = originals.get(i).values();
      float[] made = reconstructions.get(i).values();
      write(files.get(i), original.length, t -> decimals(original[t]) + "," + decimals(made[t]));
    }
    return files;
  }

  private List<Path> files(Path folder, String name, int count) {
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      files.add(folder.resolve(count == 1 ? name + extension() : name + "-" + i + extension()));
    }
    return files;
  }

  private interface Line {
    String at(int t);
  }

  private static void write(Path file, int length, Line line) {
    AtomicFile.write(
        file, IntStream.range(0, length).mapToObj(line::at).collect(Collectors.joining("\n")));
  }

  private static String decimals(float value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
