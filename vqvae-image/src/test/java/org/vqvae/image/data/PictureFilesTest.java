package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Example;
import org.vqvae.image.Pictures;

class PictureFilesTest {
  private static final DataSpec GREY = Pictures.spec(new Grid(8, 8), 1, List.of());
  private static final DataSpec COLOUR = Pictures.spec(new Grid(8, 8), 3, List.of());

  @TempDir Path folder;

  private final PictureFiles files = new PictureFiles();

  @Test
  void a_picture_keeps_its_size_and_comes_back_as_it_was() throws IOException {
    // Given a picture of any size
    Path in = write(5, 3, 0xff0000, 0x00ff00, 0x336699);
    // When it is read, written and read
    Example picture = files.read(in, COLOUR);
    Path out = folder.resolve("new/out.png");
    files.write(picture, out);
    // Then
    assertThat(picture.spec().grid()).isEqualTo(new Grid(3, 5));
    assertThat(picture.values()).startsWith(0.5f, -0.5f, -0.5f, -0.5f, 0.5f, -0.5f);
    assertThat(files.read(out, COLOUR).values()).isEqualTo(picture.values());
  }

  @Test
  void colours_become_grey_by_their_luma() throws IOException {
    Example picture = files.read(write(4, 1, 0xff0000, 0x00ff00, 0x0000ff, 0x818181), GREY);
    assertThat(picture.values()).hasSize(4);
    assertThat(picture.values()[0]).isCloseTo(0.299f - 0.5f, within(0.003f));
    assertThat(picture.values()[1]).isCloseTo(0.587f - 0.5f, within(0.003f));
    assertThat(picture.values()[2]).isCloseTo(0.114f - 0.5f, within(0.003f));
    assertThat(picture.values()[3]).isEqualTo(0x81 / 255f - 0.5f);
  }

  @Test
  void several_pictures_are_one_sheet() throws IOException {
    Example one = new Example(GREY, new float[64]);
    assertThat(files.writeAll(List.of(one, one, one), folder, "all"))
        .containsExactly(folder.resolve("all.png"));
    BufferedImage sheet = ImageIO.read(folder.resolve("all.png").toFile());
    assertThat(List.of(sheet.getWidth(), sheet.getHeight())).containsExactly(3 * 8 + 2 * 2, 8);
    assertThat(files.writePairs(List.of(one), List.of(one), folder, "pairs"))
        .containsExactly(folder.resolve("pairs.png"));
    BufferedImage pairs = ImageIO.read(folder.resolve("pairs.png").toFile());
    assertThat(List.of(pairs.getWidth(), pairs.getHeight())).containsExactly(8, 8 + 1 + 8);
  }

  @Test
  void what_is_no_picture_is_refused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "RIFF");
    assertThatThrownBy(() -> files.read(text, GREY))
        .isInstanceOf(DataException.class)
        .hasMessage(
            text
                + ": is neither PNG nor JPEG (it begins with 0x52494646). Convert or repair it, or"
                + " choose another file.");
    Path missing = folder.resolve("none.png");
    assertThatThrownBy(() -> files.read(missing, GREY))
        .isInstanceOf(DataException.class)
        .hasMessage(missing + ": no such file. Convert or repair it, or choose another file.");
  }

  private Path write(int width, int height, int... firstColours) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < firstColours.length; x++) {
      picture.setRGB(x, 0, firstColours[x]);
    }
    Path file = folder.resolve("in.png");
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }
}
