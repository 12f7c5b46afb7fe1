package org.vqvae.core.dl4j;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.IncompatibleException;

/** The configuration of a network of either kind, from which any number of networks are made. */
sealed interface Wiring permits LayerWiring, GraphWiring {

  /** Its layers and vertices, those first that are nearer to the input. */
  List<Stage> stages();

  /** How many weights it has. */
  long weights();

  /** Itself in DL4J's JSON. */
  String json();

  /**
   * A new network, without weights of others.
   *
   * @param seed of DL4J's own first values
   */
  Network instantiate(DataType type, long seed);

  /**
   * Looks whether data takes one road through it.
   *
   * @throws IncompatibleException if it has several inputs or outputs, or nothing in it
   */
  void checkRoad(String origin);
}
