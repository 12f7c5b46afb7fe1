/**
 * What a run shows a person: {@code results.json} (every figure under a documented key), {@code
 * report.html} (one self-contained page) and sheets of pictures.
 */
@NullMarked
package org.vqvae.core.report;

import org.jspecify.annotations.NullMarked;
