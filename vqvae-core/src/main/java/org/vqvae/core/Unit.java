package org.vqvae.core;

/** What the value of a {@link Term} counts. */
public enum Unit {
  /** Nats per value of the data: the unit of the objective. */
  NATS_PER_VALUE("nats per value"),
  /** Nats per latent; a model turns them into nats per value of the data. */
  NATS_PER_LATENT("nats per latent"),
  /** Nats per code. */
  NATS_PER_CODE("nats per code"),
  /** Squared distance of latents, per element. */
  SQUARED_LATENT("squared latent units"),
  /** No unit of the data or the latents, such as a distance of spectra. */
  PENALTY("penalty");

  private final String label;

  Unit(String label) {
    this.label = label;
  }

  /** The unit as people read it. */
  public String label() {
    return label;
  }
}
