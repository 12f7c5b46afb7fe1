@NullMarked
package org.vqvae.core.config;

import org.jspecify.annotations.NullMarked;
