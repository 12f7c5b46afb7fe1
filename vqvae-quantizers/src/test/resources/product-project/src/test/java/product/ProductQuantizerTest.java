package product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.Parts;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.plugin.VqvaePlugin;
import org.vqvae.core.testing.PluginContract;
import org.vqvae.core.testing.QuantizerContract;
import org.vqvae.quantizers.EmaQuantizer;
import org.vqvae.quantizers.KeepDeadCodes;
import org.vqvae.quantizers.NearestQuantizer;
import org.vqvae.quantizers.NormalInitializer;
import org.vqvae.quantizers.StraightThrough;

class ProductQuantizerTest {

  @ParameterizedTest
  @ValueSource(strings = {"unigram", "wavenet"})
  void trains_glyphs_in_both_stages(String prior, @TempDir Path folder) {
    // When
    Path run = folder.resolve("run");
    vqvae("run", "configs/glyphs-product.conf", "--out", run, "--set", "prior.type=" + prior)
        .worked();
    // Then
    assertThat(run.resolve("autoencoder.safetensors")).isNotEmptyFile();
    assertThat(run.resolve("prior-%s.safetensors".formatted(prior))).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Nested
  class Is_a_module_like_any_other extends PluginContract {
    @Override
    protected VqvaePlugin plugin() {
      return new ProductPlugin();
    }
  }

  @Nested
  class Is_a_quantizer_like_any_other extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      Chosen<Bottleneck> ema =
          Chosen.of(
              new EmaQuantizer(
                  new EmaQuantizer.Settings(
                      8,
                      1,
                      0.25,
                      0.9,
                      1e-5,
                      Chosen.of(new NormalInitializer(new NormalInitializer.Settings(1))),
                      Chosen.of(new KeepDeadCodes()),
                      Chosen.of(new StraightThrough())),
                  Parts.NONE,
                  new NativeKernels(),
                  scope.child("group-1")));
      Chosen<Bottleneck> nearest =
          Chosen.of(
              new NearestQuantizer(
                  new NearestQuantizer.Settings(
                      6,
                      2,
                      0.5,
                      Chosen.of(new NormalInitializer(new NormalInitializer.Settings(1))),
                      Chosen.of(new KeepDeadCodes()),
                      Chosen.of(new StraightThrough())),
                  Parts.NONE,
                  new NativeKernels(),
                  scope.child("group-2")));
      return new ProductQuantizer(new ProductQuantizer.Settings(List.of(ema, nearest)), Parts.NONE);
    }
  }
}
