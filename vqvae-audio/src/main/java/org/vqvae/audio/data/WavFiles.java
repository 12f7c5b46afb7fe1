package org.vqvae.audio.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vqvae.audio.wav.Resampler;
import org.vqvae.audio.wav.Sound;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.audio.wav.WavWriter;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.FileKind;
import org.vqvae.core.data.FileTree;
import org.vqvae.core.data.HashedSplits;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;

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
   */
  static StoredSplits load(FileTree tree, WavSettings settings, FileTree.Reader<byte[]> content) {
    return new WavFiles(tree, settings).load(content);
  }

  private StoredSplits load(FileTree.Reader<byte[]> content) {
    Map<Split, int[]> dealt = deal();
    List<short[]> samples = tree.read(file -> samples(WavReader.parse(content.read(file))));
    List<String> names = named.fields().stream().map(Field::name).toList();
    int classField = settings.hasClasses() ? names.indexOf(settings.label()) : -1;
    Map<Split, Windows> windows = new EnumMap<>(Split.class);
    dealt.forEach(
        (split, files) -> {
          List<StoredSound> sounds =
              Arrays.stream(files)
                  .mapToObj(i -> new StoredSound(samples.get(i), named.values().get(i)))
                  .toList();
          windows.put(split, new Windows(settings.length(), named.fields(), classField, sounds));
        });
    List<String> classes = classField < 0 ? List.of() : named.fields().get(classField).values();
    return new StoredSplits(
        DataSpec.ofSound(settings.length(), settings.sampleRate(), classes),
        named.fields(),
        windows);
  }

  private short[] samples(Sound sound) {
    float[] resampled =
        resamplers
            .computeIfAbsent(
                sound.sampleRate(), rate -> new Resampler(rate, settings.sampleRate()))
            .apply(sound.samples());
    short[] samples = new short[resampled.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = WavWriter.toShort(resampled[i]);
    }
    return samples;
  }

  /** Files go where their indices say; the others are dealt out by their names' hashes. */
  private Map<Split, int[]> deal() {
    Map<Split, List<Integer>> dealt = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      dealt.put(split, new ArrayList<>());
    }
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < tree.files().size(); i++) {
      int index = named.indices()[i];
      List<Integer> pile = settings.test().takes(index) ? dealt.get(Split.TEST) : rest;
      (settings.validation().takes(index) ? dealt.get(Split.VALIDATION) : pile).add(i);
    }
    HashedSplits.of(
            tree,
            rest.stream().map(tree.files()::get).toList(),
            settings.validation().fraction(),
            settings.test().fraction())
        .forEach(
            (split, chosen) ->
                Arrays.stream(chosen).forEach(i -> dealt.get(split).add(rest.get(i))));
    Map<Split, int[]> sorted = new EnumMap<>(Split.class);
    dealt.forEach((split, files) -> sorted.put(split, sorted(split, files)));
    return sorted;
  }

  private int[] sorted(Split split, List<Integer> files) {
    if (files.isEmpty()) {
      String key = split == Split.TEST ? "data.test" : "data.validation";
      throw DataException.of(
          tree.root(), "no index of a file is within " + key, "Set it to indices that there are");
    }
    return files.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
