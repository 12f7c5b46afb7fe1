package org.vqvae.quantizers;

import example.RotationTrick;
import jakarta.inject.Inject;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Scope;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.VqvaePlugin;

/**
 * Offers what an experiment needs beside a quantizer, and a gradient estimator of a third party.
 */
final class StandIns implements VqvaePlugin {

  @Override
  public String module() {
    return "stand-ins";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog.add(Dataset.class, "any", Any.class, Any.Settings.class, in -> new Any.Settings());
    catalog.add(Encoder.class, "any", Any.class, Any.Settings.class, in -> new Any.Settings());
    catalog.add(Decoder.class, "any", Any.class, Any.Settings.class, in -> new Any.Settings());
    catalog.add(
        GradientEstimator.class,
        "rotation",
        RotationTrick.class,
        RotationTrick.Settings.class,
        in -> new RotationTrick.Settings());
  }

  /** Can be chosen, but not used. */
  static final class Any implements Dataset, Encoder, Decoder {
    record Settings() {}

    @Inject
    Any() {}

    @Override
    public DataSpec spec() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Examples examples(Split split) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String fingerprint() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Grid latentGrid(DataSpec data) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Block build(DataSpec data, int latentDim, Scope scope) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Likelihood likelihood(double dataVariance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }
}
