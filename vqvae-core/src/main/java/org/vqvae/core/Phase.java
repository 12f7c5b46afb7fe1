package org.vqvae.core;

/** What a forward pass is for: only {@link #TRAIN} may change the state of a component. */
public enum Phase {
  TRAIN,
  EVAL
}
