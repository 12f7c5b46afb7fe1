package org.vqvae.priors;

import org.vqvae.core.Prior;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.VqvaePlugin;

/** Offers the priors of this module to experiments. */
public final class PriorsPlugin implements VqvaePlugin {

  @Override
  public String module() {
    return "vqvae-priors";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog
        .add(
            Prior.class,
            "uniform",
            UniformPrior.class,
            UniformPrior.Settings.class,
            UniformPrior.Settings::read)
        .add(
            Prior.class,
            "unigram",
            UnigramPrior.class,
            UnigramPrior.Settings.class,
            UnigramPrior.Settings::read)
        .add(
            Prior.class,
            "pixelcnn",
            PixelCnnPrior.class,
            PixelCnnPrior.Settings.class,
            PixelCnnPrior.Settings::read)
        .add(
            Prior.class,
            "wavenet",
            WaveNetPrior.class,
            WaveNetPrior.Settings.class,
            WaveNetPrior.Settings::read)
        .baseline(Prior.class, "uniform")
        .baseline(Prior.class, "unigram");
  }
}
