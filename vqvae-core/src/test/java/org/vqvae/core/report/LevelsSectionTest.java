package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LevelsSectionTest {

  @Test
  void has_a_row_for_the_first_levels_for_each_map_and_for_all_codes() {
    // Given
    Results results =
        Results.empty()
            .with(ResultKeys.CODE_BITS, 1152)
            .with(ResultKeys.TEST_NMSE, 0.02)
            .with(ResultKeys.LEVEL_NMSE.of("1"), 0.125)
            .with(ResultKeys.LEVEL_BITS.of("1"), 576)
            .with(ResultKeys.MAP_NMSE.of("top"), 0.5);

    // Then
    assertThat(LevelsSection.isMeasured(results)).isTrue();
    assertThat(html(results))
        .containsSubsequence(
            ">level 1</th>",
            ">576</td>",
            ">0.1250</td>",
            ">–</td>",
            ">top alone</th>",
            ">–</td>",
            ">0.5000</td>",
            ">all</th>",
            ">1,152</td>",
            ">0.02000</td>",
            ">–</td>");
  }

  @Test
  void has_nothing_to_show_of_one_codebook() {
    assertThat(LevelsSection.isMeasured(FakeRun.results())).isFalse();
  }

  private static String html(Results results) {
    Markup page = new Markup();
    new LevelsSection("Bits against distortion", results).write(page);
    return page.toString();
  }
}
