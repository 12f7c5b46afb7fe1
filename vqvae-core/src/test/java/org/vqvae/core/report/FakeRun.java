package org.vqvae.core.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A report of a run that never was, with all kinds of sections: for tests, and to look at (run
 * {@link #main} with the file to write).
 */
final class FakeRun {
  private static final int SIZE = 32;
  private static final int K = 512;
  private static final List<String> CLASSES =
      List.of("circle", "square", "triangle", "cross", "ring", "bars");

  private final Random random = new Random(7);

  public static void main(String[] arguments) {
    new FakeRun().report().write(Path.of(arguments[0]));
  }

  Report report() {
    Results results = results();
    Summary summary = new Summary(results);
    ReportHeader header =
        new ReportHeader("glyphs", summary.verdict(), summary.tiles(), settings());
    return new Report(
        header,
        List.of(
            reconstructions(),
            samples(),
            classSamples(),
            new BoundSection("What a value costs", results, Bound.BYTE_LEVELS),
            curves(),
            new UsageSection("Codebook", "How often each code occurs in the test set.", counts()),
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
            .with(ResultKeys.CODEBOOK_SIZE, K)
            .with(ResultKeys.POSITIONS, 64)
            .with(ResultKeys.TRAIN_STEPS, 10_000)
            .with(ResultKeys.TEST_NLL, -1.2734)
            .with(ResultKeys.TEST_VARIANCE, 0.0871234)
            .with(ResultKeys.TEST_MSE, 0.0029108)
            .with(ResultKeys.TEST_NMSE, 0.033410)
            .with(ResultKeys.TEST_COMMITMENT_LOSS, 0.0093)
            .with(ResultKeys.TEST_PERPLEXITY, 287.41)
            .with(ResultKeys.TEST_PERPLEXITY_CODES, 128_000)
            .with(ResultKeys.TEST_BATCH_PERPLEXITY, 241.7)
            .with(ResultKeys.TEST_BATCH_PERPLEXITY_CODES, 2048)
            .with(ResultKeys.TEST_CODES_USED, 446)
            .with(ResultKeys.TIME_TOTAL, 269)
            .with(ResultKeys.TIME_TRAIN_STEP, 17.31);
    double[] bits = {9, 8.167, 4.9123};
    for (int i = 0; i < bits.length; i++) {
      String prior = List.of("uniform", "unigram", "pixelcnn").get(i);
      Bound bound =
          new Bound(Bound.distortion(-1.2734, Bound.BYTE_LEVELS), Bound.rate(bits[i], 64, 3072));
      results =
          results
              .with(ResultKeys.PRIOR_BITS.of(prior), bits[i])
              .with(ResultKeys.BOUND_DISTORTION, bound.distortion())
              .with(ResultKeys.BOUND_RATE.of(prior), bound.rate())
              .with(ResultKeys.BOUND_TOTAL.of(prior), bound.total());
    }
    return results.with(ResultKeys.PRIOR_BELOW_UNIGRAM.of("pixelcnn"), 1 - 4.9123 / 8.167);
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

  private ReportSection reconstructions() {
    Images originals = glyphs(24, -1, 0);
    Images blurred = blurred(originals, 1);
    return new PicturesSection(
        "Reconstructions",
        "Pictures of the test set, never trained on. Of each pair, the original is above and what"
            + " the decoder makes of its 64 codes is below.",
        List.of(
            pairs(originals.slice(0, 12), blurred.slice(0, 12)),
            pairs(originals.slice(12, 24), blurred.slice(12, 24))));
  }

  private static Picture pairs(Images originals, Images reconstructions) {
    String description = "12 pairs of pictures, originals above their reconstructions";
    return new Picture(
        "", "", description, new ImageGrid(6, 3).pairs(originals, reconstructions), 3);
  }

  private ReportSection samples() {
    return new PicturesSection(
        "Samples",
        "Codes drawn from each prior, decoded. The fewer bits a code costs, the more the prior"
            + " knows.",
        List.of(
            sample("uniform", "9.00 bits per code", noise(25)),
            sample("unigram", "8.17 bits per code", blurred(noise(25), 2)),
            sample("pixelcnn", "4.91 bits per code", blurred(glyphs(25, -1, 0.03f), 1))));
  }

  private static Picture sample(String prior, String note, Images images) {
    return new Picture(
        prior, note, "25 pictures sampled from " + prior, new ImageGrid(5, 2).sheet(images), 2);
  }

  private ReportSection classSamples() {
    List<Picture> rows =
        IntStream.range(0, CLASSES.size())
            .mapToObj(
                i ->
                    new Picture(
                        CLASSES.get(i),
                        "",
                        "10 samples of " + CLASSES.get(i),
                        new ImageGrid(10, 2).sheet(blurred(glyphs(10, i, 0.02f), 1)),
                        2))
            .toList();
    return new ClassSamplesSection(
        "Samples by class", "Drawn from pixelcnn, given the class.", rows);
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

  static long[] counts() {
    Random random = new Random(5);
    return IntStream.range(0, K)
        .mapToLong(
            i -> random.nextInt(8) == 0 ? 0 : (long) (250 * Math.exp(0.9 * random.nextGaussian())))
        .toArray();
  }

  private Images glyphs(int count, int only, float noise) {
    float[] values = new float[count * SIZE * SIZE * 3];
    for (int i = 0; i < count; i++) {
      BufferedImage picture = glyph(only < 0 ? random.nextInt(CLASSES.size()) : only);
      for (int p = 0; p < SIZE * SIZE; p++) {
        int rgb = picture.getRGB(p % SIZE, p / SIZE);
        for (int c = 0; c < 3; c++) {
          int level = (rgb >> (16 - 8 * c)) & 255;
          values[(i * SIZE * SIZE + p) * 3 + c] =
              level / 255f - 0.5f + noise * (float) random.nextGaussian();
        }
      }
    }
    return new Images(values, count, SIZE, SIZE, 3);
  }

  private BufferedImage glyph(int kind) {
    BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.getHSBColor(random.nextFloat(), 0.35f, 0.25f));
    g.fillRect(0, 0, SIZE, SIZE);
    g.setColor(Color.getHSBColor(random.nextFloat(), 0.7f, 0.95f));
    g.setStroke(new BasicStroke(3));
    int x = 4 + random.nextInt(6);
    int y = 4 + random.nextInt(6);
    int size = 14 + random.nextInt(6);
    switch (kind) {
      case 0 -> g.fillOval(x, y, size, size);
      case 1 -> g.fillRect(x, y, size, size);
      case 2 ->
          g.fillPolygon(
              new int[] {x, x + size, x + size / 2}, new int[] {y + size, y + size, y}, 3);
      case 3 -> {
        g.drawLine(x, y, x + size, y + size);
        g.drawLine(x + size, y, x, y + size);
      }
      case 4 -> g.drawOval(x, y, size, size);
      default -> IntStream.range(0, 3).forEach(i -> g.fillRect(x + i * 7, y, 4, size));
    }
    g.dispose();
    return picture;
  }

  private Images noise(int count) {
    float[] values = new float[count * SIZE * SIZE * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return blurred(new Images(values, count, SIZE, SIZE, 3), 2);
  }

  private static Images blurred(Images images, int radius) {
    float[] in = images.values();
    float[] out = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      int channel = i % 3;
      int x = i / 3 % SIZE;
      int y = i / 3 / SIZE % SIZE;
      int image = i / (3 * SIZE * SIZE);
      float sum = 0;
      for (int dy = -radius; dy <= radius; dy++) {
        for (int dx = -radius; dx <= radius; dx++) {
          int py = Math.max(0, Math.min(SIZE - 1, y + dy));
          int px = Math.max(0, Math.min(SIZE - 1, x + dx));
          sum += in[((image * SIZE + py) * SIZE + px) * 3 + channel];
        }
      }
      out[i] = sum / ((2 * radius + 1) * (2 * radius + 1));
    }
    return new Images(out, images.count(), SIZE, SIZE, 3);
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
