package org.vqvae.core.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Parameter;

/** A network in training, as a checkpoint sees it. */
public interface Trained {

  /** Every parameter and piece of state, in a fixed order. */
  List<Parameter> parameters();

  /** The optimizer's state, such as Adam's moments: one array, which may be assigned to. */
  INDArray optimizerState();

  /** The number of updates so far. */
  int updates();

  void setUpdates(int updates);
}
