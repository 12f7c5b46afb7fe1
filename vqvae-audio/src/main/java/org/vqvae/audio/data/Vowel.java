package org.vqvae.audio.data;

/**
 * A vowel by its first three formants in Hz: men's means in Peterson and Barney 1952, "Control
 * methods used in a study of the vowels", table II. The fourth and fifth are the same for all.
 */
enum Vowel {
  /** As in heed. */
  I(270, 2290, 3010),
  /** As in head. */
  E(530, 1840, 2480),
  /** As in hod. */
  A(730, 1090, 2440),
  /** As in hawed. */
  O(570, 840, 2410),
  /** As in who'd. */
  U(300, 870, 2240);

  private final double[] formants;

  Vowel(double first, double second, double third) {
    this.formants = new double[] {first, second, third, 3400, 4500};
  }

  double formant(int number) {
    return formants[number];
  }
}
