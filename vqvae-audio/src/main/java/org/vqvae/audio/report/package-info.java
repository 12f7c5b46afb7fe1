/** Sound in a report: what is measured of it, and how it is put before eye and ear. */
@NullMarked
package org.vqvae.audio.report;

import org.jspecify.annotations.NullMarked;
