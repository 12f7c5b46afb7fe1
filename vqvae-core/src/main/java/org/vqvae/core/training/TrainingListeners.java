package org.vqvae.core.training;

import java.util.List;
import java.util.Map;

/** Several listeners as one. */
final class TrainingListeners implements TrainingListener {
  private final List<? extends TrainingListener> listeners;

  TrainingListeners(List<? extends TrainingListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void started(String stage, long from, long to) {
    listeners.forEach(listener -> listener.started(stage, from, to));
  }

  @Override
  public void step(long step, Map<String, Double> metrics) {
    listeners.forEach(listener -> listener.step(step, metrics));
  }

  @Override
  public void message(String text) {
    listeners.forEach(listener -> listener.message(text));
  }

  @Override
  public void finished(String stage, long step) {
    listeners.forEach(listener -> listener.finished(stage, step));
  }
}
