package org.vqvae.quantizers;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.testing.QuantizerContract;

/** The contract, for levels of several kinds. */
class ResidualQuantizerContractTest {

  private static Quantizer ema(Scope scope, int size, CodebookInitializer initializer) {
    return new Given.Ema(size, 3, 0.25, 0.9, 1e-5).at(scope, initializer, Given.restart(0.5));
  }

  private static Quantizer nearest(Scope scope, int size) {
    return new Given.Nearest(size, 3, 0.25).at(scope, Given.NORMAL, Given.restart(0.5));
  }

  @Nested
  class OfMovingAverages extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return Given.residual(
          scope,
          0,
          ema(scope.child("level-1"), 8, Given.NORMAL),
          ema(scope.child("level-2"), 4, Given.NORMAL),
          ema(scope.child("level-3"), 5, Given.NORMAL));
    }
  }

  @Nested
  class FittedByKMeans extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return Given.residual(
          scope,
          0,
          ema(scope.child("level-1"), 8, Given.kMeans(2, 3)),
          ema(scope.child("level-2"), 8, Given.kMeans(2, 3)));
    }
  }

  @Nested
  class WithQuantizerDropout extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return Given.residual(
          scope,
          0.7,
          ema(scope.child("level-1"), 8, Given.NORMAL),
          ema(scope.child("level-2"), 8, Given.NORMAL),
          ema(scope.child("level-3"), 8, Given.NORMAL));
    }
  }

  /** A level moves what the next ones code, but its gradient is that of its own term alone. */
  private abstract static class OfLearnedCodebooks extends QuantizerContract {
    @Override
    protected List<Parameter> parametersWithSlopes() {
      return super.parametersWithSlopes().stream()
          .filter(parameter -> parameter.name().startsWith("quantizer/level-2/"))
          .toList();
    }
  }

  @Nested
  class OfTwoLearnedCodebooks extends OfLearnedCodebooks {
    @Override
    protected Quantizer create(Scope scope) {
      return Given.residual(
          scope, 0, nearest(scope.child("level-1"), 6), nearest(scope.child("level-2"), 4));
    }
  }

  @Nested
  class OfTwoLearnedCodebooksWithQuantizerDropout extends OfLearnedCodebooks {
    @Override
    protected Quantizer create(Scope scope) {
      return Given.residual(
          scope, 0.4, nearest(scope.child("level-1"), 6), nearest(scope.child("level-2"), 4));
    }
  }

  @Nested
  class OfAResidual extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      Scope inner = scope.child("level-2");
      return Given.residual(
          scope,
          0.4,
          ema(scope.child("level-1"), 8, Given.NORMAL),
          Given.residual(
              inner,
              0,
              ema(inner.child("level-1"), 4, Given.NORMAL),
              ema(inner.child("level-2"), 6, Given.NORMAL)));
    }
  }
}
