package org.vqvae.core.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.coder.ComparisonPage;
import org.vqvae.core.data.Example;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Exhibits.Pair;

/** Writes test examples with their reconstructions, and a page that compares them. */
public record ReconstructionFiles(ExperimentConfig config, DataSpec data) {

  /**
   * Writes the files.
   *
   * @param name of the file, or the beginning of the files' names
   * @return what was written
   */
  public List<Path> write(Reconstructions made, Path folder, String name) {
    List<Example> originals = unfilled(made.originals(), made.positions());
    List<Example> reconstructions = unfilled(made.reconstructions(), made.positions());
    List<Path> files =
        new ArrayList<>(
            config.files(data.medium()).writePairs(originals, reconstructions, folder, name));
    ComparisonPage page = new ComparisonPage(config, data.medium());
    for (int i = 0; i < originals.size(); i++) {
      page.add(new Pair(title(made, i), originals.get(i), reconstructions.get(i)));
    }
    page.write(folder, name).ifPresent(files::add);
    return files;
  }

  private static String title(Reconstructions made, int i) {
    String known = made.names().get(i);
    return known.isEmpty() ? "test example " + made.indices()[i] : known;
  }

  /** The examples of a batch, sequences without what fills them up. */
  private List<Example> unfilled(INDArray batch, int[] positions) {
    List<Example> examples = GeneratedExamples.separate(batch, data);
    return data.grid().rank() > 1
        ? examples
        : IntStream.range(0, positions.length)
            .mapToObj(i -> examples.get(i).resized(new Grid(positions[i])))
            .toList();
  }
}
