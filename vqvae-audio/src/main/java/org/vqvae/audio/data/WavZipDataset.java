package org.vqvae.audio.data;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.DataFolders;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;
import org.vqvae.core.kernel.Workers;

/**
 * A data set of the WAV files in one zip archive, which is read without being unpacked.
 *
 * <p>Each file is mixed down, resampled (see {@link org.vqvae.audio.wav.Resampler}), kept in 16
 * bits, and cut into consecutive examples, the last one filled up with silence. All examples of a
 * file are in one split.
 */
public final class WavZipDataset implements Dataset {
  private final StoredSplits splits;

  @Inject
  public WavZipDataset(WavSettings settings, Workers workers) {
    Path file = DataFolders.findFile(settings.path());
    try (ZipSounds zip = new ZipSounds(file)) {
      splits = WavFiles.load(zip.tree(), settings, zip::read, workers);
    }
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
