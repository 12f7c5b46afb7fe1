package org.vqvae.audio.data;

/** A speaker of {@link VoicesDataset}: deep voices have long vocal tracts, as people's have. */
enum Speaker {
  ADAM(95, 0.96, 0.02),
  BORIS(122, 1.02, 0.05),
  CLARA(168, 1.12, 0.03),
  DIANA(205, 1.18, 0.09),
  EMIL(145, 1.05, 0.12),
  FLORA(250, 1.30, 0.05);

  /** The middle of the pitch range, in Hz. */
  final double pitch;

  /** The factor of all formants; 1 is the mean man, who has a tract of some 17 cm. */
  final double formantScale;

  /** Noise beside the glottal pulses, as a part of their amplitude. */
  final double breath;

  Speaker(double pitch, double formantScale, double breath) {
    this.pitch = pitch;
    this.formantScale = formantScale;
    this.breath = breath;
  }
}
