/** Drawing codes from a fitted prior. */
@NullMarked
package org.vqvae.core.sampling;

import org.jspecify.annotations.NullMarked;
