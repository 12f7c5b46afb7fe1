/** Training: a step in two halves, optimizers, and the loop that both stages share. */
@NullMarked
package org.vqvae.core.training;

import org.jspecify.annotations.NullMarked;
