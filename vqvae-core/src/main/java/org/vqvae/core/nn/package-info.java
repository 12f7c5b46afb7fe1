@NullMarked
package org.vqvae.core.nn;

import org.jspecify.annotations.NullMarked;
