/** A run folder, who may write in it, and where the run came from. */
@NullMarked
package org.vqvae.core.run;

import org.jspecify.annotations.NullMarked;
