package org.vqvae.core.training;

/** A request to stop after the step under way, made from another thread. */
public final class StopSignal {
  private volatile boolean requested;

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}
