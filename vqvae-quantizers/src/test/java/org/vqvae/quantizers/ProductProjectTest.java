package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.array;
import static org.vqvae.quantizers.Given.bound;
import static org.vqvae.quantizers.Given.parameter;
import static org.vqvae.quantizers.Given.row;
import static org.vqvae.quantizers.Given.scope;
import static org.vqvae.quantizers.Given.term;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.CorePlugin;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.plugin.VqvaePlugin;
import org.vqvae.core.testing.CompiledModule;
import org.vqvae.core.testing.QuantizerContract;

/**
 * A product quantizer in a Maven project of its own, {@code src/test/resources/product-project}:
 * compiled here against this module, and chosen by config.
 */
class ProductProjectTest {
  private static final String TWO_GROUPS =
      """
      {
        type = product
        groups = [
          { type = nearest, codebook-size = 6, code-dim = 1, codebook-init = normal }
          { type = ema, codebook-size = 4, code-dim = 2, codebook-init = k-means, commitment-cost = 0.5 }
        ]
      }
      """;

  @TempDir private static Path folder;
  private static ClassLoader project;

  @BeforeAll
  static void compile() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    project = CompiledModule.of(Path.of("src/test/resources/product-project"), classes);
  }

  private static VqvaePlugin plugin() {
    return ServiceLoader.load(VqvaePlugin.class, project).stream()
        .map(ServiceLoader.Provider::get)
        .filter(plugin -> plugin.module().equals("product"))
        .findFirst()
        .orElseThrow();
  }

  private static Catalog catalog(VqvaePlugin... plugins) {
    return Catalog.of(List.of(plugins), Catalog.referenceOf(project), project);
  }

  private static Bottleneck chosen(String quantizer, Scope model) {
    Path file = folder.resolve("chosen.conf");
    try {
      Files.writeString(
          file, "data = any, encoder = any, decoder = any, prior = none, quantizer " + quantizer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Catalog catalog = catalog(new CorePlugin(), new QuantizersPlugin(), new StandIns(), plugin());
    ExperimentLoader loader = new ExperimentLoader(catalog, note -> {});
    return new Components(loader.load(file, List.of()), Given.KERNELS, model).get(Bottleneck.class);
  }

  @Nested
  class Is_a_quantizer_like_any_other extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return (Quantizer) chosen(TWO_GROUPS, scope);
    }
  }

  @Test
  void is_found_and_documents_its_settings() {
    assertThat(catalog(plugin()).types("quantizer")).containsExactly("product");
    assertThat(catalog(plugin()).flaws()).isEmpty();
  }

  @Test
  void a_latent_has_a_code_of_each_group_and_fewer_codes_leave_the_last_groups_zero() {
    // Given codes that are easy to see
    Quantizer product = (Quantizer) bound(chosen(TWO_GROUPS, scope(1)));
    parameter(product, "quantizer/group-1/codebook")
        .assign(array(row(0), row(1), row(2), row(3), row(4), row(5)));
    parameter(product, "quantizer/group-2/codebook")
        .assign(array(row(0, 0), row(7, 0), row(0, 7), row(7, 7)));
    // When
    Bottled result = product.apply(array(row(2.1, 6, 1), row(4.8, 1, 8)), Phase.EVAL);
    // Then
    assertThat(product.codebookSizes()).containsExactly(6, 4);
    assertThat(result.codes()).containsExactly(2, 1, 5, 2);
    assertThatArray(result.values()).isEqualToArray(array(row(2, 7, 0), row(5, 0, 7)));
    assertThatArray(product.lookup(new int[] {2, 5}, 1))
        .isEqualToArray(array(row(2, 0, 0), row(5, 0, 0)));
  }

  @Test
  void a_term_is_the_mean_over_the_dimensions_of_all_groups() {
    // Given codes that are 1 everywhere, and a latent that is .3 away from that
    Bottleneck product = withCodesOfOne(TWO_GROUPS);
    // When
    Bottled result = product.apply(array(row(1.3, 0.7, 1.3)), Phase.EVAL);
    // Then
    double square = 0.09;
    double commitment = 0.25 * square / 3 + 0.5 * 2 * square / 3;
    assertThat(term(result, "codebook")).isCloseTo(square / 3, within(1e-6));
    assertThat(term(result, "commitment")).isCloseTo(commitment / 0.5, within(1e-6));
    assertThat(result.loss()).isCloseTo(square / 3 + commitment, within(1e-6));
  }

  @Test
  void a_term_without_weight_is_still_measured() {
    // Given
    String unweighted = TWO_GROUPS.replace("codebook-size", "commitment-cost = 0, codebook-size");
    Bottleneck product = withCodesOfOne(unweighted.replace(", commitment-cost = 0.5", ""));
    // When
    Bottled result = product.apply(array(row(1.3, 0.7, 1.3)), Phase.EVAL);
    // Then
    assertThat(term(result, "commitment")).isCloseTo(0.09, within(1e-6));
  }

  private static Bottleneck withCodesOfOne(String quantizer) {
    Bottleneck product = bound(chosen(quantizer, scope(1)));
    parameter(product, "quantizer/group-1/codebook").assign(1);
    parameter(product, "quantizer/group-2/codebook").assign(1);
    return product;
  }

  @Test
  void each_group_learns_from_its_own_dimensions() {
    // Given
    Bottleneck product = withCodesOfOne(TWO_GROUPS);
    // When
    product.update(product.apply(array(row(9, 0.7, 1.3)), Phase.TRAIN).statistics());
    // Then codes have followed the latent: unused ones of group 1, the chosen one of group 2
    assertThatArray(product.apply(array(row(9, 0.7, 1.3)), Phase.EVAL).values())
        .isCloseTo(array(row(9, 0.7, 1.3)), 1e-3);
  }

  @Test
  void a_product_of_nothing_is_refused() {
    assertThatThrownBy(() -> chosen("{ type = product, groups = [] }", scope(1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a product of nothing: list at least one quantizer");
  }

  @Test
  void a_group_without_codes_is_refused_by_its_type() {
    assertThatThrownBy(() -> chosen("{ type = product, groups = [ema, gaussian] }", scope(1)))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageStartingWith("group 2 (gaussian) of a product has no codes");
  }
}
