package org.vqvae.core.training;

/**
 * How long a stage trains, and what happens in between; all in steps.
 *
 * @param steps in all
 * @param logEvery means of the figures since the last time are logged
 * @param evaluateEvery the validation split is measured
 * @param checkpointEvery a checkpoint is written
 */
public record Schedule(long steps, long logEvery, long evaluateEvery, long checkpointEvery) {

  boolean logsAt(long step) {
    return step % logEvery == 0 || step == steps;
  }

  boolean evaluatesAt(long step) {
    return step % evaluateEvery == 0 || step == steps;
  }

  boolean savesAt(long step) {
    return step % checkpointEvery == 0 || step == steps;
  }
}
