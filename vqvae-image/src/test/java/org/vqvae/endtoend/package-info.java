/** Tests of the whole: experiments from data to report, through the command line. */
@NullMarked
package org.vqvae.endtoend;

import org.jspecify.annotations.NullMarked;
