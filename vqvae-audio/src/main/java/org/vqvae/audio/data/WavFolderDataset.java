package org.vqvae.audio.data;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.DataFolders;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.FileTree;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;
import org.vqvae.core.kernel.Workers;

/**
 * A data set of one's own sound: the WAV files below a folder, of any sample rates.
 *
 * <p>Each file is mixed down, resampled (see {@link org.vqvae.audio.wav.Resampler}), kept in 16
 * bits, and cut into consecutive examples, the last one filled up with silence. All examples of a
 * file are in one split.
 */
public final class WavFolderDataset implements Dataset {
  private final StoredSplits splits;

  @Inject
  public WavFolderDataset(WavSettings settings, Workers workers) {
    Path root = DataFolders.find(settings.path());
    FileTree tree = FileTree.below(root, WavFiles.SOUNDS);
    splits = WavFiles.load(tree, settings, file -> WavReader.bytes(root.resolve(file)), workers);
  }

  @Override
  public DataSpec spec() {
    return splits.spec();
  }

  @Override
  public List<Field> fields() {
    return splits.fields();
  }

  @Override
  public Examples examples(Split split) {
    return splits.examples(split);
  }

  @Override
  public String fingerprint() {
    return splits.fingerprint();
  }
}
