package org.vqvae.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {
  @TempDir Path temp;
  private Path home;
  private Path project;
  private Path wanted;

  @BeforeEach
  void folders() throws IOException {
    home = Files.createDirectories(temp.resolve("home"));
    project = Files.createDirectories(temp.resolve("project"));
    wanted = project.resolve("configs/photos/flowers");
  }

  @Test
  void a_path_that_exists_wins() throws IOException {
    Files.createDirectories(home.resolve("photos/flowers"));
    Files.createDirectories(wanted);
    assertThat(find(home)).isEqualTo(wanted);
  }

  @Test
  void next_comes_the_data_home_and_then_shared_data_beside_the_working_directory()
      throws IOException {
    Path shared = Files.createDirectories(temp.resolve("shared/data/photos/flowers"));
    assertThat(find(home)).isEqualTo(shared);
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
              {temp}/shared/data/photos/flowers
              {temp}/shared/data/flowers
            Set data.path to the folder, or the environment variable VQVAE_DATA to the one that \
            holds it.\
            """
                .replace("{temp}", temp.toString()));
  }

  @Test
  void without_a_data_home_the_message_says_that_it_is_not_set() {
    assertThatThrownBy(() -> DataFolders.find(wanted, null, project))
        .hasMessageContaining(temp + "/shared/data/flowers")
        .hasMessageNotContaining(temp + "/home")
        .hasMessageEndingWith("to the one that holds it (it is not set).");
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
    assertThat(DataFolders.findFile(wanted, home.toString(), project)).isEqualTo(file);
  }

  @Test
  void a_missing_file_is_reported_like_a_folder() {
    assertThatThrownBy(() -> DataFolders.findFile(wanted, home.toString(), project))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(wanted + ": no such file. Looked at:\n")
        .hasMessageEndingWith(
            "Set data.path to the file, or the environment variable VQVAE_DATA to the folder that"
                + " holds it.");
  }

  @Test
  void a_folder_is_no_file() throws IOException {
    Files.createDirectories(wanted);
    assertThatThrownBy(() -> DataFolders.findFile(wanted, home.toString(), project))
        .hasMessage(wanted + ": is a folder, but a file is expected. Set data.path to the file.");
  }

  private Path find(Path dataHome) {
    return DataFolders.find(wanted, dataHome.toString(), project);
  }
}
