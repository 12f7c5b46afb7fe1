/** What codes, or other features, tell about what is known of the examples. */
@NullMarked
package org.vqvae.core.probe;

import org.jspecify.annotations.NullMarked;
