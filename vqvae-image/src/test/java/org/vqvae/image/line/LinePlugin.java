package org.vqvae.image.line;

import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Medium;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.VqvaePlugin;

/** A module of somebody else: sound instead of pictures, found by name as any module is. */
public final class LinePlugin implements VqvaePlugin {

  static final Medium SOUND = new Medium("audio", 32_768);

  /** How wide the layers are. */
  public record Width(int channels) {
    static Width read(ConfigReader in) {
      return new Width(in.integer("channels").atLeast(1));
    }
  }

  @Override
  public String module() {
    return "line";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog
        .add(
            Dataset.class,
            "waves",
            WaveDataset.class,
            WaveDataset.Settings.class,
            WaveDataset.Settings::read)
        .add(Encoder.class, "waves", WaveEncoder.class, Width.class, Width::read)
        .add(Decoder.class, "waves", WaveDecoder.class, Width.class, Width::read);
  }
}
