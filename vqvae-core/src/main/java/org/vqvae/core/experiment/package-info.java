@NullMarked
package org.vqvae.core.experiment;

import org.jspecify.annotations.NullMarked;
