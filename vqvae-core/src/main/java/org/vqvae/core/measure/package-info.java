/** Measures a finished run and reports on it. */
@NullMarked
package org.vqvae.core.measure;

import org.jspecify.annotations.NullMarked;
