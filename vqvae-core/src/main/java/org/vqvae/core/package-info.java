@NullMarked
package org.vqvae.core;

import org.jspecify.annotations.NullMarked;
