package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.config.Setting;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Description;

class QuantizersPluginTest {
  private final Catalog catalog = Catalog.load(getClass().getClassLoader());

  @Test
  void the_module_offers_its_components_under_their_names() {
    assertThat(catalog.modules()).contains("vqvae-quantizers");
    assertThat(catalog.types("quantizer"))
        .containsExactly("ema", "gaussian", "nearest", "none", "residual");
    assertThat(catalog.types("estimator")).containsExactly("straight-through");
    assertThat(catalog.types("codebook-init")).containsExactly("k-means", "normal", "uniform");
    assertThat(catalog.types("dead-codes")).containsExactly("none", "restart");
  }

  @ParameterizedTest
  @CsvSource({
    "quantizer, ema, 'codebook-init, code-dim, codebook-size, commitment-cost, dead-codes, decay,"
        + " epsilon, estimator'",
    "quantizer, nearest, 'codebook-init, code-dim, codebook-size, commitment-cost, dead-codes,"
        + " estimator'",
    "quantizer, residual, 'estimator, levels, quantizer-dropout'",
    "quantizer, gaussian, 'free-nats, kl-warm-up, kl-weight, latent-dim'",
    "quantizer, none, latent-dim",
    "estimator, straight-through, ''",
    "codebook-init, normal, deviation",
    "codebook-init, uniform, ''",
    "codebook-init, k-means, 'batches, iterations'",
    "dead-codes, none, ''",
    "dead-codes, restart, threshold"
  })
  void every_setting_has_a_default_and_an_explanation(String role, String type, String keys) {
    Description description = catalog.describe(role, type).orElseThrow();
    assertThat(description.comment()).isNotEmpty();
    assertThat(description.settings())
        .extracting(Setting::key)
        .containsExactlyInAnyOrder(keys.isEmpty() ? new String[0] : keys.split(", "));
    assertThat(description.settings())
        .allSatisfy(
            setting -> {
              assertThat(setting.initial()).as(setting.key()).isPresent();
              assertThat(setting.comment()).as(setting.key()).isNotEmpty();
            });
  }
}
