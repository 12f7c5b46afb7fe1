package org.vqvae.quantizers;

import org.vqvae.core.Quantizer;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.VqvaePlugin;

/** Offers the quantizers, and what they are composed with. */
public final class QuantizersPlugin implements VqvaePlugin {

  @Override
  public String module() {
    return "vqvae-quantizers";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog
        .role(CodebookInitializer.class, "codebook-init")
        .role(DeadCodePolicy.class, "dead-codes")
        .add(
            Quantizer.class,
            "nearest",
            NearestQuantizer.class,
            NearestQuantizer.Settings.class,
            NearestQuantizer.Settings::read)
        .add(
            Quantizer.class,
            "ema",
            EmaQuantizer.class,
            EmaQuantizer.Settings.class,
            EmaQuantizer.Settings::read)
        .add(
            CodebookInitializer.class,
            "normal",
            NormalInitializer.class,
            NormalInitializer.Settings.class,
            NormalInitializer.Settings::read)
        .add(
            CodebookInitializer.class,
            "uniform",
            UniformInitializer.class,
            UniformInitializer.Settings.class,
            UniformInitializer.Settings::read)
        .add(
            CodebookInitializer.class,
            "k-means",
            KMeansInitializer.class,
            KMeansInitializer.Settings.class,
            KMeansInitializer.Settings::read)
        .add(
            DeadCodePolicy.class,
            "none",
            KeepDeadCodes.class,
            KeepDeadCodes.Settings.class,
            KeepDeadCodes.Settings::read)
        .add(
            DeadCodePolicy.class,
            "restart",
            RestartDeadCodes.class,
            RestartDeadCodes.Settings.class,
            RestartDeadCodes.Settings::read);
  }
}
