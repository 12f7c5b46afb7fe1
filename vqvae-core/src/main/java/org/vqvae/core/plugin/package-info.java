@NullMarked
package org.vqvae.core.plugin;

import org.jspecify.annotations.NullMarked;
