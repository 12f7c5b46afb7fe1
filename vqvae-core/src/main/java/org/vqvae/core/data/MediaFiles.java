package org.vqvae.core.data;

import java.nio.file.Path;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Medium;

/**
 * Examples of one medium as files, such as WAV files for sound: what commands read and write.
 *
 * <p>Files are written all or nothing, over what is there, and missing folders are made.
 */
public interface MediaFiles {

  Medium medium();

  /** The end of the names of the files that it writes, such as {@code .wav}. */
  String extension();

  /**
   * Reads a file of any size.
   *
   * @param form what the example becomes: its channels and sample rate; its grid does not matter
   * @throws DataException if it cannot be used, saying why
   */
  Example read(Path file, DataSpec form);

  /** Writes one example. */
  void write(Example example, Path file);

  /**
   * Writes examples of one form for a person to look at or listen to.
   *
   * @param name of the file, or the beginning of the files' names
   * @return the files
   */
  List<Path> writeAll(List<Example> examples, Path folder, String name);

  /**
   * Writes originals and what became of them, so that each pair can be compared.
   *
   * @param name of the file, or the beginning of the files' names
   * @return the files
   */
  List<Path> writePairs(
      List<Example> originals, List<Example> reconstructions, Path folder, String name);
}
