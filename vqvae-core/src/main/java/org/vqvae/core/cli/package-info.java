@NullMarked
package org.vqvae.core.cli;

import org.jspecify.annotations.NullMarked;
