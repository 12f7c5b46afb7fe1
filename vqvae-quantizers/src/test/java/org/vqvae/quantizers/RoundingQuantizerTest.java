package org.vqvae.quantizers;

import org.vqvae.core.Quantizer;
import org.vqvae.core.testing.QuantizerContract;

class RoundingQuantizerTest extends QuantizerContract {

  @Override
  protected Quantizer create(long seed) {
    return new RoundingQuantizer(8);
  }
}
