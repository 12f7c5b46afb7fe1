package org.vqvae.audio.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuLawTest {

  /** Computed in double precision from the formula, by another program. */
  @ParameterizedTest
  @CsvSource({
    "-1, 0", "-0.5, 16", "-0.1, 52", "-0.01, 98", "-0.001, 122", "-0.0001, 127", "0, 128",
    "0.00001, 128", "0.001, 133", "0.01, 157", "0.1, 203", "0.25, 223", "0.5, 239", "0.75, 248",
    "1, 255", "1.5, 255", "-7, 0"
  })
  void samples_have_the_codes_of_the_formula(float sample, int code) {
    assertThat(MuLaw.encode(sample)).isEqualTo(code);
  }

  /** Computed likewise. */
  @ParameterizedTest
  @CsvSource({
    "0, -1",
    "1, -0.9572737086633956",
    "64, -0.05814500388034754",
    "100, -0.009046763537675733",
    "127, -8.621159565072071e-05",
    "128, 8.621159565072071e-05",
    "150, 0.006512251436848019",
    "192, 0.06090393801358017",
    "255, 1"
  })
  void codes_have_the_levels_of_the_formula(int code, double level) {
    assertThat((double) MuLaw.decode(code)).isCloseTo(level, offset(1e-7 * Math.abs(level)));
  }

  @Test
  void every_level_has_its_own_code() {
    assertThat(IntStream.range(0, MuLaw.CODES).map(c -> MuLaw.encode(MuLaw.decode(c))))
        .containsExactlyElementsOf(IntStream.range(0, MuLaw.CODES).boxed().toList());
  }

  @Test
  void levels_rise_and_are_symmetric() {
    for (int code = 1; code < MuLaw.CODES; code++) {
      assertThat(MuLaw.decode(code)).isGreaterThan(MuLaw.decode(code - 1));
      assertThat(MuLaw.decode(code)).isEqualTo(-MuLaw.decode(MuLaw.CODES - 1 - code));
    }
  }
}
