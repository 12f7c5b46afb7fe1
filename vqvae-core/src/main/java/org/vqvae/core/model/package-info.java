/** The wirings of an autoencoder: which parts, and the road of the data through them. */
@NullMarked
package org.vqvae.core.model;

import org.jspecify.annotations.NullMarked;
