package org.vqvae.core.series;

import org.vqvae.core.Bottleneck;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Medium;
import org.vqvae.core.Prior;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.MediumTools;
import org.vqvae.core.plugin.VqvaePlugin;

/** A module of somebody else, with a medium that no module of vqvae knows: numbers over time. */
final class SeriesPlugin implements VqvaePlugin {
  /** Numbers between -1 and 1, of three decimals. */
  static final Medium SERIES = new Medium("series", 1000);

  @Override
  public String module() {
    return "series";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog
        .medium(new MediumTools(SERIES, new CsvFiles(), new SeriesExhibits(), SeriesExhibits.KEYS))
        .add(Dataset.class, "tides", Tides.class, Tides.Settings.class, in -> new Tides.Settings())
        .add(
            Encoder.class,
            "linear",
            LinearEncoder.class,
            LinearEncoder.Settings.class,
            in -> new LinearEncoder.Settings())
        .add(
            Bottleneck.class,
            "steps",
            StepQuantizer.class,
            StepQuantizer.Settings.class,
            StepQuantizer.Settings::read)
        .add(
            Decoder.class,
            "linear",
            LinearDecoder.class,
            LinearDecoder.Settings.class,
            in -> new LinearDecoder.Settings())
        .add(
            Prior.class,
            "even",
            EvenPrior.class,
            EvenPrior.Settings.class,
            in -> new EvenPrior.Settings());
  }
}
