package org.vqvae.core.wavenet;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradients that some of the blocks of a pass add up, block after block.
 *
 * @param values of the parameters, in their order
 * @param gradients of the parameters
 * @param pass with a gradient of c of its own
 */
record Lane(List<INDArray> values, List<INDArray> gradients, StackPass pass) {}
