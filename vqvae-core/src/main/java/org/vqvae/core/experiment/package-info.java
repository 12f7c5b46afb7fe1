/** An experiment in its run folder: the verbs of the command line and of library users. */
@NullMarked
package org.vqvae.core.experiment;

import org.jspecify.annotations.NullMarked;
