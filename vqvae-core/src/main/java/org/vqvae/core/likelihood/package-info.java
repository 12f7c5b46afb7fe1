/** Distributions of data given latents. */
@NullMarked
package org.vqvae.core.likelihood;

import org.jspecify.annotations.NullMarked;
