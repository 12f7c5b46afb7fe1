/** Data sets of sound, and mu-law companding. */
@NullMarked
package org.vqvae.audio.data;

import org.jspecify.annotations.NullMarked;
