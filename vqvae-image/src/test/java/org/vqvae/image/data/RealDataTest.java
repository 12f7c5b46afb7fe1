package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Workers;

/**
 * Real data sets are read as their authors describe them. Skipped, with a message, unless the
 * folder that the environment variable VQVAE_DATA names holds them.
 */
class RealDataTest {
  private static final List<String> FASHION =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  @Test
  void fashion_mnist() {
    // WHEN
    Dataset data =
        new IdxDataset(new IdxDataset.Settings(folder("fashion-mnist"), 28, 5000, FASHION));
    // THEN
    Examples train = data.examples(Split.TRAIN);
    assertThat(train.size()).isEqualTo(55_000);
    assertThat(data.examples(Split.VALIDATION).size()).isEqualTo(5_000);
    assertThat(data.examples(Split.TEST).size()).isEqualTo(10_000);
    assertThat(
            new int[] {
              train.label(0), train.label(1), train.label(2), train.label(3), train.label(4)
            })
        .containsExactly(9, 0, 0, 3, 0);
    double sum = 55_000 * means(data, Split.TRAIN)[0] + 5_000 * means(data, Split.VALIDATION)[0];
    assertThat(sum / 60_000).isEqualTo(72.94, offset(0.005));
    assertThat(means(data, Split.TEST)[0]).isEqualTo(73.15, offset(0.005));
  }

  @Test
  void cifar_10_subset() {
    // WHEN
    Dataset data = new Cifar10Dataset(new Cifar10Dataset.Settings(folder("cifar-10"), 1000));
    // THEN
    int train = data.examples(Split.TRAIN).size();
    assumeTrue(
        train == 9_000,
        "skipped, as this is not the balanced subset of 10,000 but another CIFAR-10");
    assertThat(data.examples(Split.VALIDATION).size()).isEqualTo(1_000);
    assertThat(data.examples(Split.TEST).size()).isEqualTo(2_000);
    assertThat(data.spec().classes())
        .startsWith("airplane", "automobile")
        .endsWith("ship", "truck");
    assertThat(data.spec().batchShape(1)).containsExactly(1, 32, 32, 3);
    double[] trainMeans = means(data, Split.TRAIN);
    double[] validationMeans = means(data, Split.VALIDATION);
    double[] testMeans = means(data, Split.TEST);
    double[] expected = {125.40, 123.16, 114.19};
    double[] expectedTest = {125.08, 122.88, 114.68};
    for (int c = 0; c < 3; c++) {
      assertThat((9 * trainMeans[c] + validationMeans[c]) / 10)
          .isEqualTo(expected[c], offset(0.005));
      assertThat(testMeans[c]).isEqualTo(expectedTest[c], offset(0.005));
    }
  }

  @Test
  void flowers() {
    // WHEN
    Dataset data =
        new ImageFolderDataset(
            new ImageFolderDataset.Settings(folder("photos/flowers"), 64, 0.1, 0.1),
            Workers.caller());
    // THEN
    assertThat(data.spec().classes())
        .containsExactly("daisy", "dandelion", "roses", "sunflowers", "tulips");
    assertThat(data.spec().batchShape(1)).containsExactly(1, 64, 64, 3);
    assertThat(data.examples(Split.TRAIN).size())
        .isGreaterThan(4 * data.examples(Split.TEST).size());
  }

  private static Path folder(String name) {
    String home = System.getenv("VQVAE_DATA");
    if (home == null) {
      return abort("skipped: set VQVAE_DATA to the folder that holds " + name);
    }
    Path path = Path.of(home).resolve(name);
    return Files.exists(path) ? path : abort("skipped: VQVAE_DATA has no " + path);
  }

  private static double[] means(Dataset data, Split split) {
    Examples examples = data.examples(split);
    int channels = data.spec().channels();
    float[] values = new float[data.spec().values()];
    double[] sums = new double[channels];
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, values, 0);
      for (int v = 0; v < values.length; v++) {
        sums[v % channels] += (values[v] + 0.5) * 255;
      }
    }
    for (int c = 0; c < channels; c++) {
      sums[c] /= (double) examples.size() * values.length / channels;
    }
    return sums;
  }
}
