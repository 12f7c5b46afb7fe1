package org.vqvae.audio.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vqvae.audio.data.MuLaw;

class UnigramModelTest {

  @Test
  void that_has_seen_nothing_gives_every_level_8_bits() {
    UnigramModel test = new UnigramModel();
    test.add(new float[] {0.1f, -0.7f, 0}, 3);

    assertThat(new UnigramModel().bitsOf(test)).isCloseTo(8, within(1e-12));
  }

  @Test
  void counts_each_level_once_more_than_it_occurs() {
    // GIVEN 744 samples of one level, so that it has 745 of 1000, and all others 1
    float[] seen = new float[744];
    Arrays.fill(seen, MuLaw.decode(200));
    UnigramModel training = new UnigramModel();
    training.add(seen, 744);
    // WHEN three of four samples are that level, and two more are filling
    UnigramModel test = new UnigramModel();
    test.add(new float[] {seen[0], seen[0], MuLaw.decode(7), seen[0], 1, 1}, 4);
    // THEN
    double expected = -(0.75 * Math.log(0.745) + 0.25 * Math.log(0.001)) / Math.log(2);
    assertThat(training.bitsOf(test)).isCloseTo(expected, within(1e-12));
  }
}
