package org.vqvae.core.nn;

import java.util.List;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Phase;

/** A prior's network and the loss that it is trained and measured by. */
public record PriorModel(PriorNetwork network, CodeLoss loss) implements Parameterized {

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  /** -ln p(code | codes before it), the mean over all codes of all examples. */
  public double nats(Codes codes, Condition condition) {
    return loss.nats(network.logits(codes, condition, Phase.EVAL), codes);
  }

  /** The same, and sets the gradient of every learned parameter. */
  public double natsAndGradient(Codes codes, Condition condition, Phase phase) {
    Logits logits = network.logits(codes, condition, phase);
    double nats = loss.natsAndGradient(logits, codes);
    network.backward(logits);
    return nats;
  }
}
