/** Networks of Deeplearning4j as encoders and decoders. */
@NullMarked
package org.vqvae.core.dl4j;

import org.jspecify.annotations.NullMarked;
