package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

  @Test
  void escapes_text_and_attributes() {
    assertThat(new Markup().leaf("p", "1 < 2 & \"x\" 🎲", "title", "\"><b>").toString())
        .isEqualTo("<p title=\"&quot;&gt;&lt;b&gt;\">1 &lt; 2 &amp; &quot;x&quot; 🎲</p>");
  }

  @Test
  void refuses_to_end_with_something_open() {
    assertThatThrownBy(() -> new Markup().open("main").open("p").close().toString())
        .hasMessage("not closed: [main]");
  }

  @Test
  void refuses_half_an_attribute() {
    assertThatThrownBy(() -> new Markup().open("p", "class"))
        .hasMessage("attributes of p must be pairs of name and value");
  }
}
