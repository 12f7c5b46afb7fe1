/** Pictures in a report. */
@NullMarked
package org.vqvae.image.report;

import org.jspecify.annotations.NullMarked;
