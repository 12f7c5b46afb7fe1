/** WAV files, and sound at another sample rate. */
@NullMarked
package org.vqvae.audio.wav;

import org.jspecify.annotations.NullMarked;
