package org.vqvae.image.data;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.DataSpec;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.DataFolders;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;

/**
 * A data set of one's own pictures: the PNG and JPEG files below a folder, its sub-folders being
 * the classes.
 *
 * <p>Each picture is shrunk until its shorter side fits and cropped around its middle, in colour
 * (see {@link Picture} for grey, palettes, 16 bits and transparency; EXIF orientation is ignored).
 * Which split a picture goes to follows from the hash of its name: the hashes, sorted, are cut at
 * the fractions, so every split has its share whatever the number of pictures, and adding a few
 * moves few others.
 */
public final class ImageFolderDataset implements Dataset {
  private static final int SHOWN_PROBLEMS = 10;

  private final ImageSplits splits;

  /**
   * @param path the folder with the pictures
   * @param size sides of a picture in pixels
   * @param validation fraction of the pictures for validation
   * @param test fraction of the pictures for testing
   */
  public record Settings(Path path, int size, double validation, double test) {

    public static Settings read(ConfigReader in) {
      Settings settings =
          new Settings(
              in.path("path"),
              in.integer("size").between(1, 4096),
              in.real("validation").greaterThan(0),
              in.real("test").greaterThan(0));
      if (!(settings.validation + settings.test < 1)) {
        in.problem(
            "validation",
            "with test (" + settings.test + ") must sum to less than 1, to leave some to train on");
      }
      return settings;
    }
  }

  @Inject
  public ImageFolderDataset(Settings settings) {
    PictureTree tree = PictureTree.of(DataFolders.find(settings.path));
    int count = tree.files().size();
    int validation = share(settings.validation, count);
    int test = share(settings.test, count);
    if (validation + test >= count) {
      throw DataFile.problem(
          tree.root(),
          ("has %d pictures, too few for three splits: %d for validation and %d for testing"
                  + " leave none to train on")
              .formatted(count, validation, test),
          "Add pictures, or lower data.validation and data.test");
    }
    StoredImages images = read(tree, settings.size);
    int[] order = orderOfHashes(tree);
    splits =
        new ImageSplits(
            settings.size,
            3,
            tree.classes(),
            part(images, order, validation + test, count),
            part(images, order, 0, validation),
            part(images, order, validation, validation + test));
  }

  private static int share(double fraction, int count) {
    return (int) Math.max(1, Math.round(fraction * count));
  }

  private static StoredImages part(StoredImages images, int[] order, int from, int to) {
    return images.select(IntStream.range(from, to).map(i -> order[i]).toArray());
  }

  private static int[] orderOfHashes(PictureTree tree) {
    List<String> hashes =
        tree.files().stream()
            .map(file -> tree.name(file).getBytes(StandardCharsets.UTF_8))
            .map(name -> HexFormat.of().formatHex(ImageSplits.sha256().digest(name)))
            .toList();
    return IntStream.range(0, hashes.size())
        .boxed()
        .sorted(Comparator.comparing(hashes::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static StoredImages read(PictureTree tree, int size) {
    List<Path> files = tree.files();
    byte[][] pictures = new byte[files.size()][];
    @Nullable String[] problems = new String[files.size()];
    IntStream.range(0, files.size())
        .parallel()
        .forEach(
            i -> {
              try {
                pictures[i] = PictureFile.read(files.get(i), size);
              } catch (PictureFile.UnusableException e) {
                problems[i] = tree.name(files.get(i)) + ": " + e.getMessage();
              }
            });
    report(tree, problems);
    return new StoredImages(pictures, files.stream().mapToInt(tree::label).toArray());
  }

  private static void report(PictureTree tree, @Nullable String[] perFile) {
    List<String> problems = Arrays.stream(perFile).filter(Objects::nonNull).toList();
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder message =
        new StringBuilder(
            "%s: %d of %d pictures cannot be used:"
                .formatted(tree.root(), problems.size(), perFile.length));
    problems.stream()
        .limit(SHOWN_PROBLEMS)
        .forEach(problem -> message.append("\n  ").append(problem));
    if (problems.size() > SHOWN_PROBLEMS) {
      message.append("\n  and ").append(problems.size() - SHOWN_PROBLEMS).append(" more");
    }
    throw new DataException(message.append("\nRepair or remove these files.").toString());
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
