package org.vqvae.core.coder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.data.ContentDigest;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Exhibits.Pair;
import org.vqvae.core.stage.FrozenAutoencoder;
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

  public FileCoder(FrozenAutoencoder autoencoder, ExperimentConfig config) {
    this.autoencoder = autoencoder;
    this.media = config.files(data(autoencoder).medium());
    this.seed = config.settings().seed();
    this.config = config;
    this.coder = new AnySizeCoder(autoencoder.network());
  }

  private static DataSpec data(FrozenAutoencoder autoencoder) {
    return autoencoder.data().spec();
  }

  private DataSpec data() {
    return data(autoencoder);
  }

  /**
   * How files are coded.
   *
   * @param className the class of what is encoded, or the one to decode as; empty: not known, or as
   *     the file says
   * @param levels how many levels of the codes to keep; empty: all that there are
   */
  public record Request(Optional<String> className, Optional<Integer> levels) {
    public static final Request PLAIN = new Request(Optional.empty(), Optional.empty());
  }

  /** Encodes a picture or sound. */
  public CodeFile encode(Path in, Path out, Request request) {
    checkEnd(out, CODES);
    autoencoder.codeShape();
    CodeFile codes = encode(in, label(request), request);
    codes.write(out);
    return codes;
  }

  private CodeFile encode(Path in, int label, Request request) {
    Example example = media.read(in, data());
    Codes codes = kept(coder.encode(example), request);
    return new CodeFile(autoencoder.fingerprint(), codes, example.spec().grid(), label);
  }

  private static Codes kept(Codes codes, Request request) {
    return request.levels().map(codes::truncated).orElse(codes);
  }

  private int label(Request request) {
    return request.className().map(name -> classNames().label(name)).orElse(-1);
  }

  /** Decodes a {@code .vqa} file. */
  public void decode(Path in, Path out, Request request) {
    checkEnd(out, media.extension());
    autoencoder.codeShape();
    CodeFile file = CodeFile.read(in, autoencoder.fingerprint());
    checkFits(in, file);
    media.write(decode(in, file, request), out);
  }

  /** Encodes a picture or sound and decodes it as one of another class, such as a speaker. */
  public void convert(Path in, Path out, String className) {
    checkEnd(out, media.extension());
    autoencoder.codeShape();
    targetLabel(className);
    Request request = new Request(Optional.of(className), Optional.empty());
    media.write(decode(in, encode(in, -1, Request.PLAIN), request), out);
  }

  /**
   * Writes each file, in the form that the autoencoder takes, and its reconstruction, and a page
   * that shows them side by side, which has the name of the only file, or is called
   * reconstructions.
   *
   * @return what was written
   */
  public List<Path> reconstruct(List<Path> files, Path folder, Request request) {
    request.levels().ifPresent(levels -> autoencoder.codeShape().truncated(levels));
    Map<String, Path> names = names(files);
    int label = label(request);
    for (Path file : files) { // all are looked at before the first is written
      media.read(file, data());
      decodingCondition(file, label);
    }
    List<Path> written = new ArrayList<>();
    ComparisonPage page = new ComparisonPage(config, media.medium());
    names.forEach(
        (name, file) -> {
          Example original = media.read(file, data());
          Example made = reconstruct(original, decodingCondition(file, label), request);
          written.addAll(media.writePairs(List.of(original), List.of(made), folder, name));
          page.add(new Pair(name, original, made));
        });
    String name = files.size() == 1 ? names.keySet().iterator().next() : "reconstructions";
    page.write(folder, name).ifPresent(written::add);
    return written;
  }

  private Example reconstruct(Example original, Condition condition, Request request) {
    if (autoencoder.hasCodes()) {
      Codes codes = kept(coder.encode(original), request);
      return coder.decode(codes, original.spec().grid(), condition, random(codes));
    }
    RandomStream random = RandomStream.of(seed, "decoding/reconstruction");
    return coder.reconstruct(original, condition, random);
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

  private Example decode(Path in, CodeFile file, Request request) {
    Condition condition =
        request
            .className()
            .map(name -> Condition.ofLabel(targetLabel(name), 1))
            .orElseGet(() -> decodingCondition(in, file.label()));
    Codes codes = kept(file.codes(), request);
    return coder.decode(codes, file.original(), condition, random(codes));
  }

  private RandomStream random(Codes codes) {
    ContentDigest digest = new ContentDigest();
    for (int code : codes.values()) {
      digest.add(code);
    }
    return RandomStream.of(seed, "decoding/" + digest.hex());
  }

  private int classes() {
    return autoencoder.network().classes();
  }

  private ClassNames classNames() {
    return new ClassNames(data().classes());
  }

  /** The label of a class that the decoder can be conditioned on. */
  private int targetLabel(String className) {
    int label = classNames().label(className);
    if (classes() == 0) {
      throw new IncompatibleException(
          "this model's decoder is not conditioned on the class or speaker, so it cannot decode as \"%s\"; leave the name out, or train a run with a decoder that is (see class-conditional in: vqvae explain decoder TYPE)"
              .formatted(className));
    }
    return label;
  }

  /** The condition that the decoder needs, if it needs one. */
  private Condition decodingCondition(Path in, int label) {
    if (classes() > 0 && label < 0) {
      throw new IncompatibleException(
          "%s: the speaker or class is unknown, and this model's decoder is conditioned on it; pass --speaker NAME (or --class NAME), one of: %s"
              .formatted(in, classNames()));
    }
    return classes() > 0 ? Condition.ofLabel(label, 1) : Condition.NONE;
  }

  /** The checksum and the fingerprint were right, so only a forged file comes so far. */
  private void checkFits(Path in, CodeFile file) {
    int depth = file.codes().shape().depth();
    if (file.original().rank() != data().grid().rank()
        || depth > autoencoder.codeShape().depth()
        || !coder.shape(file.original()).truncated(depth).equals(file.codes().shape())
        || file.label() >= Math.max(1, data().classes().size())) {
      throw new StoreException(
          "%s: codes of %s and label %d are not those of an example of grid %s by this run's autoencoder; encode the original again"
              .formatted(in, file.codes().shape(), file.label(), file.original()));
    }
  }

  private static void checkEnd(Path out, String end) {
    if (!String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT).endsWith(end)) {
      throw new IncompatibleException(
          "%s: this command writes %s files; give the output such a name".formatted(out, end));
    }
  }
}
