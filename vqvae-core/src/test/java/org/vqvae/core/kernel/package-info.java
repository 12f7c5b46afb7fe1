@NullMarked
package org.vqvae.core.kernel;

import org.jspecify.annotations.NullMarked;
