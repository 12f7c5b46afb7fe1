/**
 * How fast this machine trains, encodes, decodes and samples, and how near that is to its limit.
 */
@NullMarked
package org.vqvae.core.bench;

import org.jspecify.annotations.NullMarked;
