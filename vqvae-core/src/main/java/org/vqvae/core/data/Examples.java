package org.vqvae.core.data;

/**
 * A fixed sequence of examples with random access. Reading is thread-safe and gives the same values
 * every time.
 */
public interface Examples {

  int size();

  /**
   * Writes example {@code index} to {@code into[offset...]}: {@link
   * org.vqvae.core.DataSpec#values()} values in channels-last order, pictures scaled to -0.5...+0.5
   * (a byte b becomes b / 255 - 0.5).
   */
  void read(int index, float[] into, int offset);

  /**
   * The label of an example, an index into {@link org.vqvae.core.DataSpec#classes()}; -1 when there
   * are no classes.
   */
  int label(int index);
}
