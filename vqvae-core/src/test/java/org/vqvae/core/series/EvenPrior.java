package org.vqvae.core.series;

import jakarta.inject.Inject;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;

/** All codes are equally likely. */
final class EvenPrior implements Prior {
  record Settings() {}

  @Inject
  EvenPrior() {}

  @Override
  public PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
    return new Even(codes.codebookSize(0));
  }

  private record Even(int codebookSize) implements PriorNetwork {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Logits logits(Codes codes, Condition condition, Phase phase) {
      return Logits.of(Nd4j.zeros(DataType.FLOAT, codes.values().length, codebookSize));
    }

    @Override
    public void backward(Logits gradient) {}

    @Override
    public CodeStream stream(int examples, Condition condition) {
      return new CodeStream() {
        @Override
        public float[] next() {
          return new float[examples * codebookSize];
        }

        @Override
        public void accept(int[] codes) {}
      };
    }
  }
}
