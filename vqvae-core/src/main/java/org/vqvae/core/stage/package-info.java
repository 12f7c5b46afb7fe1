/** The two stages of a run: train the autoencoder, extract its codes, fit priors to them. */
@NullMarked
package org.vqvae.core.stage;

import org.jspecify.annotations.NullMarked;
