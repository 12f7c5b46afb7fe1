package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.data.ContentDigest;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Exhibits.Pair;
import org.vqvae.core.store.CodeFile;
import org.vqvae.core.store.StoreException;

/**
 * Codes files with a run's autoencoder: pictures or sound to {@code .vqa} files, and back.
 *
 * <p>All chance in decoding comes from the run's seed and the codes, so a file is decoded to the
 * same bytes every time. Output files are written over what is there, all or nothing.
 */
public final class FileCoder {
  private static final String CODES = ".vqa";

  private final FrozenAutoencoder autoencoder;
  private final MediaFiles media;
  private final long seed;
  private final AnySizeCoder coder;
  private final ExperimentConfig config;

  FileCoder(FrozenAutoencoder autoencoder, ExperimentConfig config) {
    this.autoencoder = autoencoder;
    this.media = config.files(autoencoder.data().spec().medium());
    this.seed = config.settings().seed();
    this.config = config;
    this.coder = new AnySizeCoder(autoencoder.network());
  }

  /**
   * Encodes a picture or sound.
   *
   * @param className its class, if that is known
   */
  public CodeFile encode(Path in, Path out, @Nullable String className) {
    checkEnd(out, CODES);
    CodeFile codes = encode(in, className == null ? -1 : classNames().label(className));
    codes.write(out);
    return codes;
  }

  private CodeFile encode(Path in, int label) {
    Example example = media.read(in, autoencoder.data().spec());
    Grid original = example.spec().grid();
    return new CodeFile(
        autoencoder.fingerprint(), coder.space(original), original, label, coder.encode(example));
  }

  /**
   * Decodes a {@code .vqa} file.
   *
   * @param className the class to decode it as; null for the one that the file says
   */
  public void decode(Path in, Path out, @Nullable String className) {
    checkEnd(out, media.extension());
    CodeFile codes = CodeFile.read(in, autoencoder.fingerprint());
    checkFits(in, codes);
    media.write(decode(in, codes, className), out);
  }

  /** Encodes a picture or sound and decodes it as one of another class, such as a speaker. */
  public void convert(Path in, Path out, String className) {
    checkEnd(out, media.extension());
    targetLabel(className);
    media.write(decode(in, encode(in, -1), className), out);
  }

  /**
   * Writes each file, in the form that the autoencoder takes, and its reconstruction, and a page
   * that shows them side by side, which has the name of the only file, or is called
   * reconstructions.
   *
   * @param className the files' class; null if that is not known
   * @return what was written
   */
  public List<Path> reconstruct(List<Path> files, Path folder, @Nullable String className) {
    Map<String, Path> names = names(files);
    int label = className == null ? -1 : classNames().label(className);
    for (Path file : files) { // all are looked at before the first is written
      media.read(file, autoencoder.data().spec());
      decodingLabel(file, label);
    }
    List<Path> written = new ArrayList<>();
    ComparisonPage page = new ComparisonPage(config, media.medium());
    names.forEach(
        (name, file) -> {
          Example original = media.read(file, autoencoder.data().spec());
          int[] codes = coder.encode(original);
          Grid size = original.spec().grid();
          Example made = coder.decode(codes, size, decodingLabel(file, label), random(codes));
          written.addAll(media.writePairs(List.of(original), List.of(made), folder, name));
          page.add(new Pair(name, original, made));
        });
    String name = files.size() == 1 ? names.keySet().iterator().next() : "reconstructions";
    page.write(folder, name).ifPresent(written::add);
    return written;
  }

  /** What the files' reconstructions are called: the files' names without their ends. */
  private static Map<String, Path> names(List<Path> files) {
    Map<String, Path> names = new LinkedHashMap<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
      Path other = names.put(name, file);
      if (other != null) {
        throw new IncompatibleException(
            "%s and %s: both reconstructions would be called %s; give them one after the other, with another --out"
                .formatted(other, file, name));
      }
    }
    return names;
  }

  private Example decode(Path in, CodeFile file, @Nullable String className) {
    int label = className == null ? decodingLabel(in, file.label()) : targetLabel(className);
    int[] codes = file.codes();
    return coder.decode(codes, file.original(), label, random(codes));
  }

  private RandomStream random(int[] codes) {
    ContentDigest digest = new ContentDigest();
    for (int code : codes) {
      digest.add(code);
    }
    return RandomStream.of(seed, "decoding/" + digest.hex());
  }

  private int classes() {
    return autoencoder.network().codec().classes();
  }

  private ClassNames classNames() {
    return new ClassNames(autoencoder.data().spec().classes());
  }

  /** The label of a class that the decoder can be told. */
  private int targetLabel(String className) {
    int label = classNames().label(className);
    if (classes() == 0) {
      throw new IncompatibleException(
          "this model's decoder is not told the class or speaker, so it cannot decode as \"%s\"; leave the name out, or train a run with a decoder that can be told (see class-conditional in: vqvae explain decoder TYPE)"
              .formatted(className));
    }
    return label;
  }

  /** The label that the decoder needs, if it needs one. */
  private int decodingLabel(Path in, int label) {
    if (classes() > 0 && label < 0) {
      throw new IncompatibleException(
          "%s: whose it is is not known, but this model's decoder must be told; say --speaker NAME (or --class NAME), one of: %s"
              .formatted(in, classNames()));
    }
    return classes() > 0 ? label : -1;
  }

  /** The checksum and the fingerprint were right, so only a forged file comes so far. */
  private void checkFits(Path in, CodeFile codes) {
    int classes = autoencoder.data().spec().classes().size();
    if (codes.original().rank() != autoencoder.data().spec().grid().rank()
        || !coder.space(codes.original()).equals(codes.space())
        || codes.label() >= Math.max(1, classes)) {
      throw new StoreException(
          "%s: codes of grid %s with K = %d and label %d are not those of an example of grid %s by this run's autoencoder; encode the original again"
              .formatted(
                  in,
                  codes.space().grid(),
                  codes.space().codebookSize(),
                  codes.label(),
                  codes.original()));
    }
  }

  private static void checkEnd(Path out, String end) {
    if (!String.valueOf(out.getFileName()).toLowerCase(java.util.Locale.ROOT).endsWith(end)) {
      throw new IncompatibleException(
          "%s: this command writes %s files; give the output such a name".formatted(out, end));
    }
  }
}
