/**
 * What a run keeps on disk: tensors, codes, metrics and checkpoints, in formats that other programs
 * can read.
 */
@NullMarked
package org.vqvae.core.store;

import org.jspecify.annotations.NullMarked;
