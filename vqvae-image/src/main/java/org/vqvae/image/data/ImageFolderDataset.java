package org.vqvae.image.data;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.data.DataFolders;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.FileKind;
import org.vqvae.core.data.FileTree;
import org.vqvae.core.data.HashedSplits;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;
import org.vqvae.core.kernel.Workers;

/**
 * A data set of one's own pictures: the PNG and JPEG files below a folder, its sub-folders being
 * the classes.
 *
 * <p>Each picture is shrunk until its shorter side fits and cropped around its middle, in colour
 * (see {@link Picture} for grey, palettes, 16 bits and transparency; EXIF orientation is ignored).
 * Which split a picture goes to follows from the hash of its name, see {@link HashedSplits}.
 */
public final class ImageFolderDataset implements Dataset {
  private static final FileKind PICTURES =
      new FileKind("pictures", List.of(".png", ".jpg", ".jpeg"));

  private final StoredSplits splits;

  /**
   * Its settings.
   *
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
  public ImageFolderDataset(Settings settings, Workers workers) {
    Path root = DataFolders.find(settings.path);
    FileTree tree = FileTree.below(root, PICTURES);
    List<String> classes = tree.classes();
    HashedSplits dealt = HashedSplits.of(tree, tree.files(), settings.validation, settings.test);
    List<byte[]> pictures =
        tree.read(name -> PictureFile.read(root.resolve(name), settings.size), workers);
    StoredImages images = new StoredImages(pictures.toArray(byte[][]::new), labels(tree, classes));
    splits =
        new StoredSplits(
            StoredImages.squares(settings.size, 3, classes),
            images.select(dealt.train()),
            images.select(dealt.validation()),
            images.select(dealt.test()));
  }

  private static int[] labels(FileTree tree, List<String> classes) {
    return tree.files().stream()
        .mapToInt(
            file ->
                classes.isEmpty() ? -1 : Collections.binarySearch(classes, FileTree.folder(file)))
        .toArray();
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
