package org.vqvae.audio.data;

/**
 * Sound kept in 16 bits.
 *
 * @param samples s stands for s / 32768
 * @param label its class; -1 for none
 * @param values its fields' values, as indices
 */
record StoredSound(short[] samples, int label, int[] values) {}
