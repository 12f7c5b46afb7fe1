package org.vqvae.image.data;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vqvae.core.DataSpec;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.DataFolders;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;

/**
 * A data set of the MNIST family: grey pictures and labels in four IDX files, plain or gzip.
 *
 * <p>The files have the names that MNIST gave them ({@code train-images-idx3-ubyte}, {@code
 * train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte}, {@code t10k-labels-idx1-ubyte}, each
 * with or without {@code .gz}). Validation pictures are the last ones of the training files.
 * Pictures smaller than {@code size} lie in the middle of a black square.
 */
public final class IdxDataset implements Dataset {
  private static final Map<String, String> KNOWN_CLASSES =
      Map.of(
          "digits",
          "0, 1, 2, 3, 4, 5, 6, 7, 8, 9",
          "fashion",
          "T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle"
              + " boot");

  private final StoredSplits splits;

  /**
   * Its settings.
   *
   * @param path where the four files are
   * @param size sides of a picture in pixels, at least those in the files
   * @param validation how many training pictures, from the end, are for validation
   * @param classNames the classes in the order of their labels
   */
  public record Settings(Path path, int size, int validation, List<String> classNames) {

    public static Settings read(ConfigReader in) {
      return new Settings(
          in.path("path"),
          in.integer("size").between(1, 4096),
          in.integer("validation").atLeast(1),
          classNames(in));
    }

    private static List<String> classNames(ConfigReader in) {
      String text = in.text("class-names");
      List<String> names =
          Arrays.asList(KNOWN_CLASSES.getOrDefault(text, text).split("\\s*,\\s*", -1));
      if (names.contains("") || names.stream().distinct().count() < names.size()) {
        in.problem(
            "class-names", "must be digits, fashion, or different names with commas between them");
      }
      return names;
    }
  }

  @Inject
  public IdxDataset(Settings settings) {
    Path folder = DataFolders.find(settings.path);
    int classes = settings.classNames.size();
    Source train = Source.open(folder, "train", classes);
    Source test = Source.open(folder, "t10k", classes);
    if (!test.pictures.size().equals(train.pictures.size())) {
      throw DataException.of(
          test.path,
          "has pictures of %s, but those of %s are %s"
              .formatted(test.pictures.size(), train.path.getFileName(), train.pictures.size()),
          "Put the four files of one data set into the folder");
    }
    StoredImages forTraining = train.stored(settings.size);
    int kept = Validation.keptForTraining(train.path, forTraining.size(), settings.validation);
    splits =
        new StoredSplits(
            StoredImages.squares(settings.size, 1, settings.classNames),
            forTraining.slice(0, kept),
            forTraining.slice(kept, forTraining.size()),
            test.stored(settings.size));
  }

  /** A file of pictures and the labels that belong to it. */
  private record Source(Path path, IdxFile.Pictures pictures, int[] labels) {

    static Source open(Path folder, String prefix, int classes) {
      Path pictureFile = require(folder, prefix + "-images-idx3-ubyte");
      Path labelFile = require(folder, prefix + "-labels-idx1-ubyte");
      IdxFile.Pictures pictures = IdxFile.pictures(pictureFile);
      int[] labels = IdxFile.labels(labelFile, classes);
      if (labels.length != pictures.pictures().length) {
        throw DataException.of(
            labelFile,
            "has %d labels, but %s has %d pictures"
                .formatted(labels.length, pictureFile.getFileName(), pictures.pictures().length),
            "Put two files that belong together into the folder");
      }
      return new Source(pictureFile, pictures, labels);
    }

    private static Path require(Path folder, String name) {
      return DataFile.find(folder, name)
          .orElseThrow(
              () ->
                  new DataException(
                      ("%s: has neither %s nor %s.gz. Put the four files of an MNIST-like data set"
                              + " there, or set data.path.")
                          .formatted(folder, name, name)));
    }

    StoredImages stored(int size) {
      if (pictures.rows() > size || pictures.columns() > size) {
        throw DataException.of(
            path,
            "has pictures of %s, but data.size = %d".formatted(pictures.size(), size),
            "Set data.size to at least %d; pictures are padded, never shrunk"
                .formatted(Math.max(pictures.rows(), pictures.columns())));
      }
      byte[][] padded =
          Arrays.stream(pictures.pictures()).map(p -> pad(p, size)).toArray(byte[][]::new);
      return new StoredImages(padded, labels);
    }

    private byte[] pad(byte[] picture, int size) {
      if (picture.length == size * size) {
        return picture;
      }
      byte[] padded = new byte[size * size];
      int top = (size - pictures.rows()) / 2;
      int left = (size - pictures.columns()) / 2;
      for (int row = 0; row < pictures.rows(); row++) {
        System.arraycopy(
            picture,
            row * pictures.columns(),
            padded,
            (top + row) * size + left,
            pictures.columns());
      }
      return padded;
    }
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
