@NullMarked
package org.vqvae.core.random;

import org.jspecify.annotations.NullMarked;
