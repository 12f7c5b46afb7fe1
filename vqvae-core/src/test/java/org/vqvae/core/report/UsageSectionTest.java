package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageSectionTest {

  @Test
  void shades_codes_by_powers_of_two_of_the_mean_count() {
    // GIVEN 8 codes of mean count 16: one of each step, the last two above four times the mean
    String html = html(0, 4, 8, 16, 32, 33, 35, 0);

    // THEN
    assertThat(html)
        .contains("class=\"heat h0\" d=\"M0 0h11v11h-11zM36 12h11v11h-11z\"")
        .contains("class=\"heat h1\" d=\"M12 0h11v11h-11z\"")
        .contains("class=\"heat h2\" d=\"M24 0h11v11h-11z\"")
        .contains("class=\"heat h3\" d=\"M36 0h11v11h-11z\"")
        .contains("class=\"heat h4\" d=\"M0 12h11v11h-11z\"")
        .contains("class=\"heat h5\" d=\"M12 12h11v11h-11zM24 12h11v11h-11z\"")
        .contains("class=\"heat h6\" d=\"\"")
        .contains("6 of 8 codes in use.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 500, 8192})
  void shows_each_code_once_whatever_their_number(int codes) {
    String html = html(new long[codes]);
    assertThat(html.split("h11v11h-11z", -1)).hasSize(codes + 1);
  }

  @Test
  void refuses_counts_that_are_none() {
    assertThatThrownBy(() -> new UsageSection("Codebook", "", new long[] {1, -1}))
        .hasMessage("usage needs the count of each code, 0 or more");
  }

  private static String html(long... counts) {
    Markup page = new Markup();
    new UsageSection("Codebook", "", counts).write(page);
    return page.toString();
  }
}
