@NullMarked
package org.vqvae.core.data;

import org.jspecify.annotations.NullMarked;
