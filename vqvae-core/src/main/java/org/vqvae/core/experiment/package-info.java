/** A run: the folder that holds everything it left, and where it came from. */
@NullMarked
package org.vqvae.core.experiment;

import org.jspecify.annotations.NullMarked;
