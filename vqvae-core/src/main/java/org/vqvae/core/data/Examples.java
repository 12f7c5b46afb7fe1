package org.vqvae.core.data;

import org.vqvae.core.DataSpec;
import org.vqvae.core.random.RandomStream;

/**
 * A fixed sequence of examples with random access. Reading is thread-safe and gives the same values
 * every time.
 */
public interface Examples {

  int size();

  /**
   * Writes example {@code index} to {@code into[offset...]}: {@link DataSpec#values()} values in
   * channels-last order, pictures scaled to -0.5...+0.5 (a byte b becomes b / 255 - 0.5), sound to
   * -1...+1.
   */
  void read(int index, float[] into, int offset);

  /**
   * Writes what training sees for example {@code index}: where examples are cut out of something
   * longer, a cut at a random place of it; otherwise the example.
   *
   * @return how many of the positions are data, see {@link #positions}
   */
  default int readCrop(int index, DataSpec spec, RandomStream random, float[] into, int offset) {
    read(index, into, offset);
    return positions(index, spec);
  }

  /**
   * How many of the grid's positions, from the first on in raster order, are data; what follows is
   * filling that no figure may count.
   */
  default int positions(int index, DataSpec spec) {
    return spec.grid().positions();
  }

  /**
   * The label of an example, an index into {@link DataSpec#classes()}; -1 when there are no
   * classes.
   */
  int label(int index);

  /**
   * The value of one of {@link Dataset#fields} for an example, an index into {@link Field#values}.
   */
  default int label(Field field, int index) {
    return label(index); // without more to say, the class is the only field
  }
}
