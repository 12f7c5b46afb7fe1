/** Sound as spectra: how to draw it, how far two sounds are apart, and how high a voice is. */
@NullMarked
package org.vqvae.audio.spectrum;

import org.jspecify.annotations.NullMarked;
