package org.vqvae.image.data;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.data.UnusableFileException;
import org.vqvae.core.report.Png;
import org.vqvae.image.Pictures;
import org.vqvae.image.report.ImageGrid;
import org.vqvae.image.report.Images;

/**
 * Pictures as files: PNG and JPEG are read, PNG is written; several are written as one sheet.
 *
 * <p>A picture keeps its size. Where one channel is wanted, colours become grey by the luma of
 * ITU-R BT.601: 0.299 red + 0.587 green + 0.114 blue.
 */
public final class PictureFiles implements MediaFiles {
  private static final int COLUMNS = 8;
  private static final int GAP = 2;

  @Override
  public Medium medium() {
    return Pictures.MEDIUM;
  }

  @Override
  public String extension() {
    return ".png";
  }

  @Override
  public Example read(Path file, DataSpec form) {
    try {
      Picture picture = PictureFile.read(file);
      byte[] bytes = form.channels() == 1 ? picture.grey() : picture.rgb();
      float[] values = new float[bytes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (bytes[i] & 0xff) / 255f - 0.5f;
      }
      return new Example(form.withGrid(new Grid(picture.height(), picture.width())), values);
    } catch (UnusableFileException e) {
      throw DataException.of(
          file, String.valueOf(e.getMessage()), "Convert or repair it, or choose another file");
    }
  }

  @Override
  public void write(Example example, Path file) {
    Png.write(sheet(List.of(example)), file);
  }

  @Override
  public List<Path> writeAll(List<Example> examples, Path folder, String name) {
    return write(sheet(examples), folder, name);
  }

  /** One sheet, each original above its reconstruction. */
  @Override
  public List<Path> writePairs(
      List<Example> originals, List<Example> reconstructions, Path folder, String name) {
    ImageGrid grid = new ImageGrid(COLUMNS, GAP);
    return write(grid.pairs(Images.of(originals), Images.of(reconstructions)), folder, name);
  }

  private List<Path> write(BufferedImage sheet, Path folder, String name) {
    Path file = folder.resolve(name + extension());
    Png.write(sheet, file);
    return List.of(file);
  }

  private static BufferedImage sheet(List<Example> examples) {
    return new ImageGrid(COLUMNS, GAP).sheet(Images.of(examples));
  }
}
