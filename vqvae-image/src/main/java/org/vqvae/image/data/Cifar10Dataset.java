package org.vqvae.image.data;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vqvae.core.DataSpec;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.DataFolders;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;

/**
 * The CIFAR-10 data set in its "binary version": 32x32 colour pictures in ten classes, plain or
 * gzip.
 *
 * <p>Krizhevsky 2009, <a
 * href="https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf">Learning Multiple Layers of
 * Features from Tiny Images</a>. Reads every {@code data_batch_*.bin}, {@code test_batch.bin} and,
 * if it is there, {@code batches.meta.txt} with the names of the classes. Validation pictures are
 * the last ones of the last batch.
 */
public final class Cifar10Dataset implements Dataset {
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private final StoredSplits splits;

  /**
   * Its settings.
   *
   * @param path where the files are
   * @param validation how many training pictures, from the end, are for validation
   */
  public record Settings(Path path, int validation) {

    public static Settings read(ConfigReader in) {
      return new Settings(in.path("path"), in.integer("validation").atLeast(1));
    }
  }

  @Inject
  public Cifar10Dataset(Settings settings) {
    Path folder = DataFolders.find(settings.path);
    List<String> classes = classes(folder);
    StoredImages train = read(trainFiles(folder), classes.size());
    int kept = Validation.keptForTraining(folder, train.size(), settings.validation);
    StoredImages test = read(List.of(testFile(folder)), classes.size());
    splits =
        new StoredSplits(
            StoredImages.squares(SIDE, 3, classes),
            train.slice(0, kept),
            train.slice(kept, train.size()),
            test);
  }

  private static List<String> classes(Path folder) {
    Path file = folder.resolve("batches.meta.txt");
    if (!Files.exists(file)) {
      return CLASSES;
    }
    try {
      List<String> names =
          Files.readAllLines(file).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
      if (names.size() != CLASSES.size()) {
        throw DataException.of(
            file,
            "has %d names of classes, but 10 are expected, one a line".formatted(names.size()),
            "Repair or remove it");
      }
      return names;
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be read (%s). Repair or remove it.".formatted(file, e), e);
    }
  }

  private static List<Path> trainFiles(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.map(path -> path.getFileName().toString())
              .filter(name -> name.matches("data_batch_.+\\.bin(\\.gz)?"))
              .map(name -> name.replaceAll("\\.gz$", ""))
              .distinct()
              .sorted()
              .flatMap(name -> DataFile.find(folder, name).stream())
              .toList();
      if (files.isEmpty()) {
        throw missing(folder, "data_batch_1.bin");
      }
      return files;
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be read (%s). Check its permissions.".formatted(folder, e), e);
    }
  }

  private static Path testFile(Path folder) {
    return DataFile.find(folder, "test_batch.bin")
        .orElseThrow(() -> missing(folder, "test_batch.bin"));
  }

  private static DataException missing(Path folder, String name) {
    return new DataException(
        "%s: has neither %s nor %s.gz. Put the binary version of CIFAR-10 there, or set data.path."
            .formatted(folder, name, name));
  }

  private static StoredImages read(List<Path> files, int classes) {
    List<byte[]> pictures = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path path : files) {
      try (DataFile file = DataFile.open(path)) {
        for (byte[] bytes = file.next(RECORD); bytes.length > 0; bytes = file.next(RECORD)) {
          checkRecord(file, bytes, classes);
          labels.add(bytes[0] & 0xff);
          pictures.add(channelsLast(bytes));
        }
        if (file.position() == 0) {
          throw file.problem("holds no pictures once it is unpacked", "Download or copy it again");
        }
      }
    }
    return new StoredImages(
        pictures.toArray(byte[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static void checkRecord(DataFile file, byte[] bytes, int classes) {
    if (bytes.length < RECORD) {
      throw file.problem(
          "has %d bytes, which is not a multiple of %d, the size of a picture and its label"
              .formatted(file.position(), RECORD),
          "Download or copy it again; it must be the binary version of CIFAR-10");
    }
    int label = bytes[0] & 0xff;
    if (label >= classes) {
      throw file.problem(
          "picture %d has label %d, but 0 to %d is allowed"
              .formatted(file.position() / RECORD - 1, label, classes - 1),
          "Download or copy it again; it must be the binary version of CIFAR-10");
    }
  }

  /** The planes of red, green and blue that follow the label, as red, green, blue of each pixel. */
  private static byte[] channelsLast(byte[] bytes) {
    byte[] picture = new byte[3 * PLANE];
    for (int i = 0; i < PLANE; i++) {
      for (int c = 0; c < 3; c++) {
        picture[3 * i + c] = bytes[1 + c * PLANE + i];
      }
    }
    return picture;
  }

  @Override
  public DataSpec spec() {
    return splits.spec();
  }

  @Override
  public Examples examples(Split split) {
    return splits.examples(split);
  }

  @Override
  public String fingerprint() {
    return splits.fingerprint();
  }
}
