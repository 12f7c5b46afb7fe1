package org.vqvae.core.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Split;

/**
 * One file of each kind and form, kept in the tests' resources under {@code golden/format-2}: what
 * was written once must be read by every build from then on.
 *
 * <p>A file that is there never changes. A new form gets a new file, and a new format a folder of
 * its own beside this one, whose files are still read. To write files that are missing, run {@link
 * #main} with the test classpath and the folder as its argument.
 */
final class GoldenFiles {
  static final String AUTOENCODER = "0123456789abcdef".repeat(4);
  static final String DATA = "fedcba9876543210".repeat(4);

  /** One map of 2 x 2 positions, one codebook of 5. */
  static final CodeShape SINGLE = CodeShape.of(new Grid(2, 2), 5);

  /** Two maps; the bottom one has three codebooks of unequal size. */
  static final CodeShape SEVERAL =
      new CodeShape(
          List.of(
              new CodeMap("top", new Grid(2), List.of(3)),
              new CodeMap("bottom", new Grid(4), List.of(512, 2, 7))));

  /** Three examples. */
  static final Codes SINGLE_CODES = Codes.of(SINGLE, 0, 1, 2, 3, 4, 4, 0, 2, 1, 3, 0, 4);

  /** Two examples: the codes of top, then four times three of bottom. */
  static final Codes SEVERAL_CODES =
      Codes.of(
          SEVERAL, 2, 0, 511, 1, 6, 0, 0, 0, 256, 1, 3, 77, 0, 5, //
          1, 1, 1, 1, 1, 300, 0, 2, 45, 1, 0, 499, 1, 4);

  static final CodeStoreInfo SINGLE_STORE =
      new CodeStoreInfo(SINGLE, 3, Split.TRAIN, 0, AUTOENCODER, DATA);
  static final CodeStoreInfo SINGLE_STORE_OF_CLASSES =
      new CodeStoreInfo(SINGLE, 3, Split.VALIDATION, 6, AUTOENCODER, DATA);
  static final CodeStoreInfo SEVERAL_STORE =
      new CodeStoreInfo(SEVERAL, 2, Split.TEST, 0, AUTOENCODER, DATA);
  static final CodeStoreInfo SEVERAL_STORE_OF_CLASSES =
      new CodeStoreInfo(SEVERAL, 2, Split.TRAIN, 3, AUTOENCODER, DATA);

  static final Condition SINGLE_LABELS = Condition.ofLabels(5, 0, 3);
  static final Condition SEVERAL_LABELS = Condition.ofLabels(2, 1);

  static final CodeFile PICTURE =
      new CodeFile(AUTOENCODER, SINGLE_CODES.examples(0, 1), new Grid(7, 8), -1);
  static final CodeFile PICTURE_OF_CLASS =
      new CodeFile(AUTOENCODER, SINGLE_CODES.examples(1, 2), new Grid(7, 8), 5);
  static final CodeFile SOUND =
      new CodeFile(AUTOENCODER, SEVERAL_CODES.examples(0, 1), new Grid(250), -1);
  static final CodeFile SOUND_OF_CLASS =
      new CodeFile(AUTOENCODER, SEVERAL_CODES.examples(1, 2), new Grid(256), 1);
  static final CodeFile SOUND_OF_TWO_LEVELS =
      new CodeFile(AUTOENCODER, SEVERAL_CODES.examples(0, 1).truncated(2), new Grid(250), -1);

  static final Map<String, String> METADATA = Map.of("fingerprint", AUTOENCODER, "data", DATA);

  static final String CHECKPOINT = "checkpoints/7";

  private static final Map<String, Consumer<Path>> WRITERS = writers();

  private GoldenFiles() {}

  /** How each is written, by its path below the folder. */
  private static Map<String, Consumer<Path>> writers() {
    Map<String, Consumer<Path>> all = new TreeMap<>();
    all.put("single.codes", to -> store(to, SINGLE_STORE, SINGLE_CODES, Condition.NONE));
    all.put(
        "single-classes.codes",
        to -> store(to, SINGLE_STORE_OF_CLASSES, SINGLE_CODES, SINGLE_LABELS));
    all.put("several.codes", to -> store(to, SEVERAL_STORE, SEVERAL_CODES, Condition.NONE));
    all.put(
        "several-classes.codes",
        to -> store(to, SEVERAL_STORE_OF_CLASSES, SEVERAL_CODES, SEVERAL_LABELS));
    all.put("single.vqa", PICTURE::write);
    all.put("single-class.vqa", PICTURE_OF_CLASS::write);
    all.put("several.vqa", SOUND::write);
    all.put("several-class.vqa", SOUND_OF_CLASS::write);
    all.put("several-two-levels.vqa", SOUND_OF_TWO_LEVELS::write);
    all.put("single.safetensors", to -> WeightsFile.write(to, singleWeights(), METADATA));
    all.put("several.safetensors", to -> WeightsFile.write(to, severalWeights(), METADATA));
    all.put("no-codes.safetensors", to -> WeightsFile.write(to, weightsWithoutCodes(), METADATA));
    all.put(
        CHECKPOINT, to -> new Checkpoints(requireNonNull(to.getParent()), 1).save(checkpoint()));
    return all;
  }

  private static void store(Path to, CodeStoreInfo info, Codes codes, Condition condition) {
    try (CodeStoreWriter writer = CodeStoreWriter.create(to, info)) {
      writer.append(codes, condition);
      writer.finish();
    }
  }

  /** The weights of a model with one codebook; its counts are state. */
  static Map<String, INDArray> singleWeights() {
    Map<String, INDArray> weights = weightsWithoutCodes();
    weights.put(
        "quantizer/codebook", Nd4j.createFromArray(new float[][] {{0.25f, -1}, {3, 1e-20f}}));
    weights.put("quantizer/counts", Nd4j.createFromArray(0.5f, 12));
    return weights;
  }

  /** The weights of a model with a codebook of 2 and one of 1. */
  static Map<String, INDArray> severalWeights() {
    Map<String, INDArray> weights = weightsWithoutCodes();
    weights.put(
        "quantizer/level-1/codebook", Nd4j.createFromArray(new float[][] {{0.5f, 2}, {-4, 8}}));
    weights.put("quantizer/level-2/codebook", Nd4j.createFromArray(new float[][] {{-0.125f, 16}}));
    return weights;
  }

  static Map<String, INDArray> weightsWithoutCodes() {
    Map<String, INDArray> weights = new LinkedHashMap<>();
    weights.put(
        "encoder/out/w", Nd4j.createFromArray(new float[][] {{1.5f, -2}, {0, 7}, {-0.0f, 9}}));
    weights.put("encoder/out/b", Nd4j.createFromArray(Float.MIN_VALUE, Float.MAX_VALUE));
    weights.put("decoder/scale", Nd4j.scalar(0.75f));
    return weights;
  }

  static Checkpoint checkpoint() {
    return new Checkpoint(
        7,
        singleWeights(),
        new TreeMap<>(
            Map.of("m", Nd4j.createFromArray(1f, 2f, 3f), "v", Nd4j.createFromArray(4f, 5f, 6f))),
        Map.of("decoder/jitter", Long.MIN_VALUE, "quantizer/codebook-init", 12L),
        Map.of("position", 31L, "examples", 448L));
  }

  /** The paths of all golden files; a checkpoint is a folder. */
  static Stream<String> names() {
    return WRITERS.keySet().stream();
  }

  /** Where a golden file is. */
  static Path find(String name) {
    try {
      return Path.of(requireNonNull(GoldenFiles.class.getResource("golden/format-2")).toURI())
          .resolve(name);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes the content of a golden file anew. */
  static Path write(String name, Path folder) throws IOException {
    Path to = folder.resolve(name);
    Files.createDirectories(requireNonNull(to.getParent()));
    requireNonNull(WRITERS.get(name)).accept(to);
    return to;
  }

  /** Writes those that are not in the folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (String name : WRITERS.keySet()) {
      if (!Files.exists(folder.resolve(name))) {
        write(name, folder);
      }
    }
  }
}
