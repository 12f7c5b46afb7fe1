/** Data sets of pictures. */
@NullMarked
package org.vqvae.image.data;

import org.jspecify.annotations.NullMarked;
