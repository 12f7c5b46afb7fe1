/**
 * WaveNet over sequences of codes: what the autoregressive decoder of sound and a prior share.
 *
 * <p>van den Oord et al. 2016, "WaveNet: A Generative Model for Raw Audio", <a
 * href="https://arxiv.org/abs/1609.03499">paper</a>. Symbols: N sequences of T steps; K codes; R
 * residual channels; S skip channels; d a layer's dilation; c what the gates are conditioned on; a
 * pre-activations; z gated features.
 */
@NullMarked
package org.vqvae.core.wavenet;

import org.jspecify.annotations.NullMarked;
