package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void values_come_back_as_they_were() {
    // Given
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "a \"quote\", a\nline end, <b> and é");
    value.put("largest", Long.MAX_VALUE);
    value.put("smallest", Long.MIN_VALUE);
    value.put("real", 0.1);
    value.put("tiny", Double.MIN_VALUE);
    value.put("list", Arrays.asList(1L, true, null, Map.of("x", 2L)));
    // When, then
    assertThat(Json.parse(Json.compact(value))).isEqualTo(value);
    assertThat(Json.parse(Json.pretty(value))).isEqualTo(value);
  }

  @Test
  void what_is_not_a_number_is_a_text() {
    assertThat(
            Json.compact(
                Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)))
        .isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1",
        "{\"a\":1}}",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "NaN",
        "[1,]",
        "01",
        "tru",
        "1 2"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON: ");
  }
}
