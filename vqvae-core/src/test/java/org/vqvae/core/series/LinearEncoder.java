package org.vqvae.core.series;

import jakarta.inject.Inject;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.Block;

/** Two numbers become a latent. */
final class LinearEncoder implements Encoder {
  static final int NUMBERS = 2;

  record Settings() {}

  @Inject
  LinearEncoder() {}

  @Override
  public Grid latentGrid(DataSpec data) {
    return new Grid(data.grid().size(0) / NUMBERS);
  }

  @Override
  public Block build(DataSpec data, int latentDim, Scope scope) {
    return new Linear(scope.name("w"), NUMBERS, latentDim, latentDim);
  }
}
