/** Pictures in a report: sheets of pictures, and the sections that show them. */
@NullMarked
package org.vqvae.image.report;

import org.jspecify.annotations.NullMarked;
