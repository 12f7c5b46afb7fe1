package org.vqvae.quantizers;

import org.junit.jupiter.api.Nested;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.testing.QuantizerContract;

/** The contract, for every way to start a codebook and to treat dead codes. */
class NearestQuantizerContractTest {

  @Nested
  class Plain extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return new Given.Nearest(8, 3, 0.25).at(scope, Given.NORMAL, Given.KEEP);
    }
  }

  @Nested
  class WithRestarts extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return new Given.Nearest(8, 3, 0.25).at(scope, Given.UNIFORM, Given.restart(0.5));
    }
  }

  @Nested
  class FittedByKMeans extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return new Given.Nearest(8, 3, 0.25).at(scope, Given.kMeans(2, 3), Given.KEEP);
    }
  }

  @Nested
  class StillBeingFitted extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return new Given.Nearest(8, 3, 0.25).at(scope, Given.kMeans(100, 3), Given.KEEP);
    }
  }
}
