package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.image.data.TinyFiles.gzip;
import static org.vqvae.image.data.TinyFiles.read;
import static org.vqvae.image.data.TinyFiles.write;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Split;
import org.vqvae.core.testing.DatasetContract;

class Cifar10DatasetTest extends DatasetContract {
  @TempDir Path folder;

  @Override
  protected Dataset open() {
    return cifar10(TinyFiles.cifar10(folder, 1));
  }

  @Override
  protected Dataset openOther() {
    return cifar10(TinyFiles.cifar10(folder.resolve("other"), 7));
  }

  @Test
  void all_batches_are_read_and_the_last_pictures_validate() {
    // GIVEN batches of 8 and 4 pictures, 3 of them for validation
    Dataset data = open();
    // THEN
    assertThat(data.examples(Split.TRAIN).size()).isEqualTo(9);
    assertThat(data.examples(Split.VALIDATION).size()).isEqualTo(3);
    assertThat(data.examples(Split.TEST).size()).isEqualTo(5);
    assertThat(data.examples(Split.TRAIN).label(7)).isEqualTo(7);
    assertThat(data.examples(Split.TRAIN).label(8)).isEqualTo(0);
  }

  @Test
  void planes_become_channels() {
    float[] into = new float[3072];
    open().examples(Split.TRAIN).read(1, into, 0);
    byte[] file = read(folder.resolve("data_batch_1.bin"));
    for (int pixel = 0; pixel < 1024; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        int stored = file[3073 + 1 + channel * 1024 + pixel] & 0xff;
        assertThat(into[3 * pixel + channel]).isEqualTo(stored / 255f - 0.5f);
      }
    }
  }

  @Test
  void gzip_gives_the_same_and_a_file_in_both_forms_is_read_once() {
    String plain = open().fingerprint();
    Path both = TinyFiles.cifar10(folder.resolve("both"), 1);
    for (String name : List.of("data_batch_1.bin", "test_batch.bin")) {
      write(both.resolve(name + ".gz"), gzip(read(both.resolve(name))));
    }
    assertThat(cifar10(both).fingerprint()).isEqualTo(plain);
    TinyFiles.delete(both.resolve("data_batch_1.bin"));
    TinyFiles.delete(both.resolve("test_batch.bin"));
    assertThat(cifar10(both).fingerprint()).isEqualTo(plain);
  }

  @Test
  void the_classes_have_their_usual_names_unless_a_file_names_them() {
    assertThat(open().spec().classes()).startsWith("airplane", "automobile").endsWith("truck");
    write(
        folder.resolve("batches.meta.txt"),
        "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n".getBytes(StandardCharsets.UTF_8));
    assertThat(cifar10(folder).spec().classes())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
  }

  private static Dataset cifar10(Path folder) {
    return new Cifar10Dataset(new Cifar10Dataset.Settings(folder, 3));
  }
}
