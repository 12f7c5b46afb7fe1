package org.vqvae.image;

import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;

/** Pictures as a medium: bytes b scaled to b / 255 - 0.5. */
public final class Pictures {
  /** The medium that this module brings along. */
  public static final Medium MEDIUM = new Medium("image", 255);

  private Pictures() {}

  /**
   * The form of pictures.
   *
   * @param grid {@code [height, width]}
   * @param channels 1 for grey, 3 for colour
   * @param classes names of the classes, in the order of their labels; empty for none
   */
  public static DataSpec spec(Grid grid, int channels, List<String> classes) {
    return new DataSpec(MEDIUM, grid, channels, classes, 0);
  }
}
