package org.vqvae.core.bench;

/**
 * What a figure does over and over.
 *
 * @param operations floating-point operations of one run
 */
record Workload(Runnable run, double operations) {}
