package org.vqvae.audio.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.wav.Resampler;
import org.vqvae.audio.wav.Sound;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.audio.wav.WavWriter;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.FileKind;
import org.vqvae.core.data.FileTree;
import org.vqvae.core.data.HashedSplits;
import org.vqvae.core.data.StoredSplits;
import org.vqvae.core.kernel.Workers;

/** Makes splits of WAV files, wherever they lie. */
final class WavFiles {
  static final FileKind SOUNDS = new FileKind("sounds", List.of(".wav"));

  private final FileTree tree;
  private final WavSettings settings;
  private final FileFields named;
  private final Map<Integer, Resampler> resamplers = new ConcurrentHashMap<>();

  private WavFiles(FileTree tree, WavSettings settings) {
    this.tree = tree;
    this.settings = settings;
    this.named = settings.naming().read(tree);
  }

  /**
   * Reads all files.
   *
   * @param content reads a file as bytes
   * @param workers share the files
   */
  static StoredSplits load(
      FileTree tree, WavSettings settings, FileTree.Reader<byte[]> content, Workers workers) {
    return new WavFiles(tree, settings).load(content, workers);
  }

  private StoredSplits load(FileTree.Reader<byte[]> content, Workers workers) {
    HashedSplits dealt = deal();
    List<short[]> samples =
        tree.read(file -> samples(WavReader.parse(content.read(file))), workers);
    FileClasses classes = FileClasses.of(named, settings.classFields());
    return new StoredSplits(
        Sounds.spec(settings.length(), settings.sampleRate(), classes.names()),
        named.fields(),
        windows(dealt.train(), samples, classes.labels()),
        windows(dealt.validation(), samples, classes.labels()),
        windows(dealt.test(), samples, classes.labels()));
  }

  private Windows windows(int[] files, List<short[]> samples, int[] labels) {
    List<StoredSound> sounds =
        Arrays.stream(files)
            .mapToObj(i -> new StoredSound(samples.get(i), labels[i], named.values().get(i)))
            .toList();
    return new Windows(settings.length(), named.fields(), sounds);
  }

  private short[] samples(Sound sound) {
    float[] resampled =
        resamplers
            .computeIfAbsent(sound.sampleRate(), rate -> new Resampler(rate, settings.sampleRate()))
            .apply(sound.samples());
    short[] samples = new short[resampled.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = WavWriter.toShort(resampled[i]);
    }
    return samples;
  }

  /** Files go where their indices say; the others are dealt out by their names' hashes. */
  private HashedSplits deal() {
    SplitRule validation = settings.validation();
    SplitRule test = settings.test();
    int[] rest = where(index -> !validation.takes(index) && !test.takes(index));
    HashedSplits dealt =
        HashedSplits.of(
            tree,
            Arrays.stream(rest).mapToObj(tree.files()::get).toList(),
            validation.fraction(),
            test.fraction());
    return new HashedSplits(
        merged("data.train", rest, dealt.train(), index -> false),
        merged("data.validation", rest, dealt.validation(), validation::takes),
        merged("data.test", rest, dealt.test(), test::takes));
  }

  /** Files whose indices are as wanted. */
  private int[] where(IntPredicate wanted) {
    return IntStream.range(0, tree.files().size())
        .filter(i -> wanted.test(named.indices()[i]))
        .toArray();
  }

  private int[] merged(String key, int[] rest, int[] dealt, IntPredicate wanted) {
    int[] files =
        IntStream.concat(Arrays.stream(dealt).map(i -> rest[i]), Arrays.stream(where(wanted)))
            .sorted()
            .toArray();
    if (files.length == 0) {
      throw DataException.of(
          tree.root(), "no index of a file is within " + key, "Set it to indices that there are");
    }
    return files;
  }
}
