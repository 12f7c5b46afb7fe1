package org.vqvae.core.experiment;

import org.jspecify.annotations.Nullable;
import org.vqvae.core.Grid;

/**
 * What to draw from a prior; null leaves the run's own setting.
 *
 * @param count how many examples
 * @param temperature divides the logits
 * @param topK how many of the likeliest codes to draw from, 0 for all
 * @param size of an example, which need not be that of those that were trained on
 * @param className the class to draw from, for a prior that is conditioned
 * @param seed another one makes other samples
 */
public record Samples(
    @Nullable Integer count,
    @Nullable Double temperature,
    @Nullable Integer topK,
    @Nullable Grid size,
    @Nullable String className,
    @Nullable Long seed) {}
