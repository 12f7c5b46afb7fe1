package org.vqvae.audio.data;

/**
 * Sound kept in 16 bits.
 *
 * @param samples s stands for s / 32768
 * @param values its fields' values, as indices
 */
record StoredSound(short[] samples, int[] values) {}
