/** Codes examples and files of any size with a trained run. */
@NullMarked
package org.vqvae.core.coder;

import org.jspecify.annotations.NullMarked;
