package org.vqvae.image.data;

import org.vqvae.core.random.RandomStream;

/**
 * Colours that go together: a background that runs from one to another, and inks that can be told
 * from it.
 */
enum GlyphPalette {
  NIGHT(0x14213D, 0x2F4F86, 0xFCA311, 0xF4F1DE),
  SAND(0xF7E8CB, 0xE6C48F, 0x9B2226, 0x005F73),
  FOREST(0x1B4332, 0x3F8F68, 0xFFE66D, 0xF1FAEE),
  ROSE(0xFFDCE5, 0xFF9EB5, 0x5A189A, 0x0B3954),
  SLATE(0x2E333D, 0x666E7E, 0xFF7B6B, 0x7AE7C7),
  SKY(0xD4EEFF, 0x82C8FA, 0xD62828, 0x14213D);

  private final int[] background;
  private final int[] inks;

  GlyphPalette(int from, int to, int ink, int otherInk) {
    this.background = new int[] {from, to};
    this.inks = new int[] {ink, otherInk};
  }

  static GlyphPalette pick(RandomStream random) {
    return values()[random.nextInt(values().length)];
  }

  /** A colour between the two of the background: 0 is one, 1 the other. */
  float background(int channel, double position) {
    return (float)
        (channel(background[0], channel) * (1 - position)
            + channel(background[1], channel) * position);
  }

  /** One of the inks, by a number in [0, 1). */
  int ink(double choice) {
    return inks[(int) (choice * inks.length)];
  }

  /** Red, green or blue (0, 1, 2) of a colour, 0...255. */
  static int channel(int colour, int channel) {
    return colour >> (16 - 8 * channel) & 0xff;
  }
}
