package org.vqvae.audio.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.testing.DatasetContract;

class WavZipDatasetTest extends DatasetContract {
  @TempDir Path folder;

  @Override
  protected Dataset open() {
    return zip("a.zip", TinySounds.digits(1));
  }

  @Override
  protected Dataset openOther() {
    return zip("b.zip", TinySounds.digits(7));
  }

  @Test
  void an_archive_is_the_same_data_as_its_files_in_a_folder() {
    Path files = TinySounds.folder(folder.resolve("files"), TinySounds.digits(1));
    Dataset unpacked = new WavFolderDataset(TinySounds.settings(files), Workers.caller());
    assertThat(open().fingerprint()).isEqualTo(unpacked.fingerprint());
    assertThat(open().spec()).isEqualTo(unpacked.spec());
    assertThat(open().fields()).isEqualTo(unpacked.fields());
  }

  @Test
  void what_archivers_add_is_passed_over() {
    Map<String, byte[]> files = new TreeMap<>(TinySounds.digits(1));
    files.put("__MACOSX/recordings/._7_theo_0.wav", new byte[9]);
    files.put("recordings/readme.txt", new byte[9]);
    assertThat(zip("c.zip", files).fingerprint()).isEqualTo(open().fingerprint());
  }

  @Test
  void folders_at_the_top_are_the_values_of_one_field() {
    Map<String, byte[]> files =
        Map.of(
            "tom/a.wav", TinySounds.noise(8000, 50, 1),
            "ann/b.wav", TinySounds.noise(8000, 50, 2),
            "ann/c.wav", TinySounds.noise(8000, 50, 3));
    Path file = TinySounds.zip(folder.resolve("d.zip"), files);
    Dataset data =
        new WavZipDataset(
            TinySounds.settings(file, "folders", "speaker", "0.1", "0.1"), Workers.caller());
    assertThat(data.spec().classes()).containsExactly("ann", "tom");
  }

  private Dataset zip(String name, Map<String, byte[]> files) {
    Path file = TinySounds.zip(folder.resolve(name), files);
    return new WavZipDataset(TinySounds.settings(file), Workers.caller());
  }
}
