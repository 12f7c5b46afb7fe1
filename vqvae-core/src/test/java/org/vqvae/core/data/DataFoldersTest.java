package org.vqvae.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {
  @TempDir Path temp;
  private Path home;
  private Path wanted;

  @BeforeEach
  void folders() throws IOException {
    home = Files.createDirectories(temp.resolve("home"));
    wanted = temp.resolve("project/configs/photos/flowers");
  }

  @Test
  void a_path_that_exists_wins() throws IOException {
    Files.createDirectories(home.resolve("photos/flowers"));
    Files.createDirectories(wanted);
    assertThat(find(home)).isEqualTo(wanted);
  }

  @Test
  void next_comes_the_data_home() throws IOException {
    Path inHome = Files.createDirectories(home.resolve("photos/flowers"));
    assertThat(find(home)).isEqualTo(inHome);
  }

  @Test
  void two_names_are_looked_up_before_one() throws IOException {
    Path one = Files.createDirectories(home.resolve("flowers"));
    assertThat(find(home)).isEqualTo(one);
    Path two = Files.createDirectories(home.resolve("photos/flowers"));
    assertThat(find(home)).isEqualTo(two);
  }

  @Test
  void a_missing_folder_is_reported_with_every_place_that_was_looked_at() {
    assertThatThrownBy(() -> find(home))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            {temp}/project/configs/photos/flowers: no such folder. Looked at:
              {temp}/project/configs/photos/flowers
              {temp}/home/photos/flowers
              {temp}/home/flowers
            Set data.path to the folder, or the environment variable VQVAE_DATA to the one that \
            holds it.\
            """
                .replace("{temp}", temp.toString()));
  }

  @Test
  void without_a_data_home_the_message_says_that_it_is_not_set() {
    assertThatThrownBy(() -> DataFolders.find(wanted, Optional.empty()))
        .hasMessage(
            wanted
                + ": no such folder. Looked at:\n  "
                + wanted
                + "\nSet data.path to the folder, or the environment variable VQVAE_DATA to the one"
                + " that holds it (it is not set).");
  }

  @Test
  void a_file_is_no_folder() throws IOException {
    Files.createDirectories(wanted.getParent());
    Files.createFile(wanted);
    assertThatThrownBy(() -> find(home))
        .hasMessage(
            wanted
                + ": is a file, but a folder is expected. Set data.path to the folder of the"
                + " data files.");
  }

  @Test
  void files_are_found_like_folders() throws IOException {
    Path file = home.resolve("photos/flowers");
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertThat(DataFolders.findFile(wanted, Optional.of(home))).isEqualTo(file);
  }

  @Test
  void a_missing_file_is_reported_like_a_folder() {
    assertThatThrownBy(() -> DataFolders.findFile(wanted, Optional.of(home)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(wanted + ": no such file. Looked at:\n")
        .hasMessageEndingWith(
            "Set data.path to the file, or the environment variable VQVAE_DATA to the folder that"
                + " holds it.");
  }

  @Test
  void a_folder_is_no_file() throws IOException {
    Files.createDirectories(wanted);
    assertThatThrownBy(() -> DataFolders.findFile(wanted, Optional.of(home)))
        .hasMessage(wanted + ": is a folder, but a file is expected. Set data.path to the file.");
  }

  private Path find(Path dataHome) {
    return DataFolders.find(wanted, Optional.of(dataHome));
  }
}
