/** The two stages as Deeplearning4j graphs: the autoencoder and the prior, each a few nodes. */
@NullMarked
package org.vqvae.core.graph;

import org.jspecify.annotations.NullMarked;
