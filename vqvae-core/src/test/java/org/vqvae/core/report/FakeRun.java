package org.vqvae.core.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.vqvae.core.CodeUsage;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;

/**
 * A report of a run that never was, with all sections of core: for tests, and to look at (run
 * {@link #main} with the file to write).
 */
final class FakeRun {
  static final Summary.Baselines BASELINES =
      new Summary.Baselines(Set.of("uniform", "unigram"), Optional.of("unigram"));

  private static final int K = 512;
  private static final int LEVELS = 255;

  private static final Term COMMITMENT = new Term("commitment", Unit.SQUARED_LATENT, 0.0093, 0.25);

  private final Random random = new Random(7);

  public static void main(String[] arguments) {
    new FakeRun().report().write(Path.of(arguments[0]));
  }

  Report report() {
    Results results = results();
    Summary summary = new Summary(results, BASELINES, Optional.empty());
    ReportHeader header =
        new ReportHeader("glyphs", summary.verdict(), summary.tiles(), settings());
    return new Report(
        header,
        List.of(
            new Sheet("Samples"),
            new BoundSection("What a value costs", results, LEVELS),
            curves(),
            new UsageSection(
                "Codebook",
                "How often each code occurs in the test set.",
                Map.of("codes", usage())),
            new ResultsSection("All figures", results),
            new RepeatSection(
                "Repeat it", List.of("./vqvae run glyphs --set seed=42"), provenance(), CONFIG)),
        "Written by vqvae 0.1.0 on 2026-01-31 12:00 UTC");
  }

  static Results results() {
    Results results =
        Results.empty()
            .with(ResultKeys.EXPERIMENT, "glyphs")
            .with(ResultKeys.SEED, 42)
            .with(ResultKeys.TEST_EXAMPLES, 2000)
            .with(ResultKeys.DATA_VALUES, 3072)
            .with(ResultKeys.DATA_VARIANCE, 0.0871234)
            .with(ResultKeys.CODES, 64)
            .with(ResultKeys.CODEBOOK_SIZE.of("codes"), K)
            .with(ResultKeys.TRAIN_STEPS, 10_000)
            .with(ResultKeys.TEST_NLL, -1.2734)
            .with(ResultKeys.TEST_LIKELIHOOD.of("variance"), 0.0871234)
            .with(ResultKeys.TEST_MSE, 0.0029108)
            .with(ResultKeys.TEST_NMSE, 0.033410)
            .with(ResultKeys.testLoss(COMMITMENT), 0.0093)
            .with(ResultKeys.CODEBOOK_PERPLEXITY.of("codes"), 287.41)
            .with(ResultKeys.CODEBOOK_PERPLEXITY_CODES.of("codes"), 128_000)
            .with(ResultKeys.CODEBOOK_BATCH_PERPLEXITY.of("codes"), 241.7)
            .with(ResultKeys.CODEBOOK_BATCH_PERPLEXITY_CODES.of("codes"), 2048)
            .with(ResultKeys.CODEBOOK_USED.of("codes"), 446)
            .with(ResultKeys.TIME_TOTAL, 269)
            .with(ResultKeys.TIME_TRAIN_STEP, 17.31);
    double[] bits = {9, 8.167, 4.9123};
    for (int i = 0; i < bits.length; i++) {
      String prior = List.of("uniform", "unigram", "pixelcnn").get(i);
      Bound bound = new Bound(Bound.distortion(-1.2734, LEVELS), Bound.rate(64 * bits[i], 3072));
      results =
          results
              .with(ResultKeys.PRIOR_BITS.of(prior), bits[i])
              .with(ResultKeys.BOUND_DISTORTION, bound.distortion())
              .with(ResultKeys.BOUND_RATE.of(prior), bound.rate())
              .with(ResultKeys.BOUND_TOTAL.of(prior), bound.total());
    }
    return results
        .with(ResultKeys.BASELINE, "unigram")
        .with(ResultKeys.PRIOR_BELOW_BASELINE.of("pixelcnn"), 1 - 4.9123 / 8.167);
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("Data", "glyphs, 32x32x3, 6 classes");
    settings.put("Encoder", "residual-conv, 128 channels, downsample 4");
    settings.put("Quantizer", "ema, K 512, D 64, beta 0.25");
    settings.put("Decoder", "residual-conv, Gaussian of data variance");
    settings.put("Prior", "pixelcnn, 6 layers, 64 channels");
    settings.put("Training", "10,000 + 4,000 steps, batch 32, seed 42");
    return settings;
  }

  private static Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("Version", "vqvae 0.1.0, commit 0123abc");
    provenance.put("Engine", "ND4J 1.0.0-M2.1, oneDNN 3.11, 2 threads");
    provenance.put("Java", "17.0.16, Linux amd64");
    provenance.put("Data", "sha256 5f1d0c3a…");
    provenance.put("Autoencoder", "sha256 77e2b41c…");
    return provenance;
  }

  private ReportSection curves() {
    DoubleUnaryOperator decay = step -> Math.exp(-step / 1800);
    return new ChartsSection(
        "Curves",
        "Training figures are those of single batches; validation figures are over the whole"
            + " validation set.",
        List.of(
            chart(
                "MSE over data variance",
                Scale.LOGARITHMIC,
                s -> 0.03 + 0.9 * decay.applyAsDouble(s),
                0.06),
            chart(
                "Negative log-likelihood, nats per value",
                Scale.LINEAR,
                s -> -1.3 + 0.9 * decay.applyAsDouble(s),
                0.02),
            new LineChart(
                "Quantizer losses",
                "step",
                Scale.LOGARITHMIC,
                List.of(
                    curve("codebook", s -> 0.04 + decay.applyAsDouble(s), 0.1, 400),
                    curve("commitment", s -> 0.01 + 0.25 * decay.applyAsDouble(s), 0.1, 400))),
            chart("Perplexity", Scale.FROM_ZERO, s -> 290 * (1 - decay.applyAsDouble(s)) + 1, 0.03),
            chart(
                "Codes in use",
                Scale.FROM_ZERO,
                s -> 446 * (1 - decay.applyAsDouble(3 * s)) + 1,
                0.01),
            new LineChart(
                "pixelcnn: bits per code",
                "step",
                Scale.LINEAR,
                List.of(
                    curve("train", s -> 4.7 + 4.3 * Math.exp(-s / 900), 0.02, 400),
                    curve("validation", s -> 4.9 + 4.1 * Math.exp(-s / 900), 0.002, 20),
                    Series.level("unigram", 0, 10_000, 8.167)))));
  }

  private LineChart chart(String title, Scale scale, DoubleUnaryOperator value, double noise) {
    return new LineChart(
        title,
        "step",
        scale,
        List.of(curve("train", value, noise, 1000), curve("validation", value, noise / 6, 20)));
  }

  private Series curve(String name, DoubleUnaryOperator value, double noise, int points) {
    double[] x = IntStream.rangeClosed(1, points).mapToDouble(i -> i * 10_000.0 / points).toArray();
    double[] y =
        Arrays.stream(x)
            .map(s -> value.applyAsDouble(s) * (1 + noise * random.nextGaussian()))
            .toArray();
    return new Series(name, x, y);
  }

  static CodeUsage usage() {
    Random random = new Random(5);
    CodeUsage usage = new CodeUsage(K);
    for (int code = 0; code < K; code++) {
      int count = random.nextInt(8) == 0 ? 0 : (int) (250 * Math.exp(0.9 * random.nextGaussian()));
      int[] codes = new int[count];
      Arrays.fill(codes, code);
      usage.add(codes);
    }
    return usage;
  }

  /** A section with a picture, as a medium may have it. */
  private record Sheet(String title) implements ReportSection {
    @Override
    public void write(Markup page) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      image.setRGB(3, 3, 0xFF8000);
      page.empty("img", "src", Png.dataUri(image), "alt", "a picture sampled from pixelcnn");
    }
  }

  private static final String CONFIG =
      """
      vqvae {
        seed = 42
        data { type = glyphs, train-examples = 20000 }
        encoder { type = residual-conv, channels = 128, downsample = 4 }
        quantizer { type = ema, codebook-size = 512, code-dim = 64, decay = 0.99 }
      }
      """;
}
