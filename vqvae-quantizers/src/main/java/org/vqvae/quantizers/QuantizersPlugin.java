package org.vqvae.quantizers;

import org.vqvae.core.Bottleneck;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.VqvaePlugin;

/** Offers the quantizers and other bottlenecks, and what they are composed of. */
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
        .role(GradientEstimator.class, "estimator")
        .add(
            Bottleneck.class,
            "nearest",
            NearestQuantizer.class,
            NearestQuantizer.Settings.class,
            NearestQuantizer.Settings::read)
        .add(
            Bottleneck.class,
            "ema",
            EmaQuantizer.class,
            EmaQuantizer.Settings.class,
            EmaQuantizer.Settings::read)
        .add(
            Bottleneck.class,
            "residual",
            ResidualQuantizer.class,
            ResidualQuantizer.Settings.class,
            ResidualQuantizer.Settings::read)
        .add(
            Bottleneck.class,
            "gaussian",
            GaussianBottleneck.class,
            GaussianBottleneck.Settings.class,
            GaussianBottleneck.Settings::read)
        .add(
            Bottleneck.class,
            "none",
            PlainBottleneck.class,
            PlainBottleneck.Settings.class,
            PlainBottleneck.Settings::read)
        .add(
            GradientEstimator.class,
            "straight-through",
            StraightThrough.class,
            StraightThrough.Settings.class,
            StraightThrough.Settings::read)
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
