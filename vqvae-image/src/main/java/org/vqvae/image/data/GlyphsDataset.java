package org.vqvae.image.data;

import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.vqvae.core.DataSpec;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.KebabCase;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.random.RandomStream;

/**
 * A data set that needs no files: letters, digits and symbols in ten classes, in colour, drawn from
 * a seed.
 *
 * <p>Position, size, rotation, slant, line width, colours, gradients, texture and shadow vary, so
 * that codes have something to say; six palettes keep it learnable in minutes. Every picture
 * follows from (seed, split, index) alone: asking for more of them changes none.
 *
 * <p>The same JDK draws the same bytes everywhere. Another JDK version may smooth the edges a
 * little differently, which the fingerprint then shows.
 */
public final class GlyphsDataset implements Dataset {
  private final StoredSplits splits;

  /**
   * Its settings.
   *
   * @param train how many pictures to train on
   * @param validation how many to validate on
   * @param test how many to test on
   * @param size sides of a picture in pixels
   * @param seed chooses the pictures; apart from the experiment's seed, so that experiments of
   *     several seeds share data
   */
  public record Settings(int train, int validation, int test, int size, int seed) {

    public static Settings read(ConfigReader in) {
      return new Settings(
          in.integer("train").atLeast(1),
          in.integer("validation").atLeast(1),
          in.integer("test").atLeast(1),
          in.integer("size").between(16, 256),
          in.integer("seed").atLeast(0));
    }
  }

  @Inject
  public GlyphsDataset(Settings settings, Workers workers) {
    splits =
        new StoredSplits(
            StoredImages.squares(settings.size, 3, Glyph.classes()),
            draw(Split.TRAIN, settings.train, settings, workers),
            draw(Split.VALIDATION, settings.validation, settings, workers),
            draw(Split.TEST, settings.test, settings, workers));
  }

  private static StoredImages draw(Split split, int count, Settings settings, Workers workers) {
    String name = "glyphs/" + KebabCase.of(split) + "/";
    Glyph[] glyphs = Glyph.values();
    byte[][] pictures = new byte[count][];
    workers.run(
        count,
        (i, worker, progress) -> {
          RandomStream random = RandomStream.of(settings.seed, name + i);
          pictures[i] = new GlyphPainter(settings.size, random).paint(glyphs[i % glyphs.length]);
        });
    return new StoredImages(
        pictures, IntStream.range(0, count).map(i -> i % glyphs.length).toArray());
  }

  @Override
  public DataSpec spec() {
    return splits.spec();
  }

  @Override
  public Examples examples(Split split) {
    return splits.examples(split);
  }

  @Override
  public String fingerprint() {
    return splits.fingerprint();
  }
}
