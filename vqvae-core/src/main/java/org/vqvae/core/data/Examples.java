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
   * (a byte b becomes b / 255 - 0.5), sound to -1...+1.
   */
  void read(int index, float[] into, int offset);

  /**
   * The label of an example, an index into {@link org.vqvae.core.DataSpec#classes()}; -1 when there
   * are no classes.
   */
  int label(int index);

  /**
   * The value of one of {@link Dataset#fields} for an example, an index into {@link Field#values}.
   */
  default int label(Field field, int index) {
    return label(index); // without more to say, the class is the only field
  }
}
