package example;

import java.util.Arrays;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;

/** Data of one's own: grey pictures of 8x8, each a bright square of 4x4 somewhere. */
final class Spots implements Dataset {
  @Override
  public DataSpec spec() {
    return new DataSpec(new Medium("image", 255), new Grid(8, 8), 1, List.of(), 0);
  }

  @Override
  public Examples examples(Split split) {
    return new Examples() {
      @Override
      public int size() {
        return 25;
      }

      @Override
      public void read(int index, float[] into, int offset) {
        Arrays.fill(into, offset, offset + 64, -0.5f);
        for (int i = 0; i < 16; i++) {
          into[offset + 8 * (index / 5 + i / 4) + index % 5 + i % 4] = 0.5f;
        }
      }

      @Override
      public int label(int index) {
        return -1;
      }
    };
  }

  @Override
  public String fingerprint() {
    return "5b075";
  }
}
