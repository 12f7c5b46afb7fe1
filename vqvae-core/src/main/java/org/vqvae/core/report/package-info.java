/**
 * What a run shows a person: {@code results.json} (every figure under a documented key) and {@code
 * report.html} (one self-contained page). A medium adds keys, figures and sections of its own.
 */
@NullMarked
package org.vqvae.core.report;

import org.jspecify.annotations.NullMarked;
