package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.CodeUsage;

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
    String html = html(new int[codes]);
    assertThat(html.split("h11v11h-11z", -1)).hasSize(codes + 1);
  }

  @Test
  void names_codebooks_where_there_are_several_in_their_order() {
    // Given
    Map<String, CodeUsage> levels = new LinkedHashMap<>();
    levels.put("codes", usage(3, 1));
    levels.put("codes-2", usage(0, 2));

    // Then
    assertThat(html(levels))
        .containsSubsequence(
            "<h3>codes</h3>", "2 of 2 codes in use.", "<h3>codes-2</h3>", "1 of 2 codes in use.");
    assertThat(html(Map.of("codes", usage(3, 1)))).doesNotContain("<h3>");
  }

  private static String html(int... counts) {
    return html(Map.of("codes", usage(counts)));
  }

  private static String html(Map<String, CodeUsage> codebooks) {
    Markup page = new Markup();
    new UsageSection("Codebook", "", codebooks).write(page);
    return page.toString();
  }

  private static CodeUsage usage(int... counts) {
    CodeUsage usage = new CodeUsage(counts.length);
    for (int code = 0; code < counts.length; code++) {
      int[] codes = new int[counts[code]];
      Arrays.fill(codes, code);
      usage.add(codes);
    }
    return usage;
  }
}
