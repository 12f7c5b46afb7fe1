package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Description;
import org.vqvae.core.testing.CommandLineRun;

/** What there is to choose from, and what is said of it. */
class ListAndExplainTest {
  private final Catalog catalog = Catalog.load(getClass().getClassLoader());

  @Test
  void list_names_every_component_under_its_role_with_a_sentence() {
    // When
    CommandLineRun cli = vqvae("list");
    // Then
    assertThat(cli.code()).isZero();
    String rest = cli.out();
    for (String role : catalog.roles()) {
      assertThat(rest).contains(role + "\n");
      rest = rest.substring(rest.indexOf(role + "\n"));
      for (String type : catalog.types(role)) {
        assertThat(rest).containsPattern("\n  " + type + " +\\S");
      }
    }
  }

  @Test
  void explain_tells_of_every_component_each_setting_and_where_it_is_from() {
    for (String role : catalog.roles()) {
      for (String type : catalog.types(role)) {
        Description described = catalog.describe(role, type).orElseThrow();
        // When
        CommandLineRun cli = vqvae("explain", role, type);
        // Then
        assertThat(cli.code()).isZero();
        assertThat(cli.out())
            .startsWith("%s \"%s\" (from %s)".formatted(role, type, described.module()));
        assertThat(described.settings())
            .allSatisfy(
                setting ->
                    assertThat(cli.out())
                        .contains(setting.key(), setting.allowed())
                        .contains(setting.comment().stream().map(String::strip).toList()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "encoder, residual-conv, 1711.00937",
    "decoder, residual-conv, 1711.00937",
    "quantizer, nearest, 1711.00937",
    "quantizer, ema, 1711.00937",
    "quantizer, residual, 2107.03312",
    "quantizer, gaussian, 1312.6114",
    "model, hierarchical, 1906.00446",
    "optimizer, adam, 1412.6980",
    "schedule, cosine, 1608.03983",
    "prior, uniform, 1711.00937",
    "prior, pixelcnn, 1606.05328",
    "prior, wavenet, 1609.03499"
  })
  void explain_names_the_paper(String role, String type, String paper) {
    assertThat(vqvae("explain", role, type).out()).contains("https://arxiv.org/abs/" + paper);
  }

  @Test
  void explain_names_the_default() {
    assertThat(vqvae("explain", "quantizer", "ema").out())
        .contains("decay = 0.99    a number, between 0 and 1\n");
  }

  @Test
  void explain_tells_of_the_settings_beside_the_components() {
    assertThat(vqvae("explain", "experiment").out()).contains("prior-training.keep", "seed");
  }
}
