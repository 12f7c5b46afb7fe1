/** Sound in a report: what is measured of it, and how it is shown and played. */
@NullMarked
package org.vqvae.audio.report;

import org.jspecify.annotations.NullMarked;
