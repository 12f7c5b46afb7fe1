package org.vqvae.image.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.vqvae.core.random.RandomStream;

/**
 * One picture of a glyph, all of whose variation is drawn from a random stream.
 *
 * <p>Java2D only says how much of each pixel the glyph covers; colours, gradients, texture and
 * shadow are arithmetic.
 */
final class GlyphPainter {
  private static final double SHADOW_SHARE = 0.4;
  private static final double SHADOW_DARKNESS = 0.45;

  private final int size;
  private final GlyphPalette palette;
  private final int ink;
  private final Ramp background;
  private final Ramp inkRamp;
  private final Texture texture;
  private final AffineTransform placement;
  private final double strokeWidth;
  private final double shadowOffset;

  /**
   * @param size the sides of the picture, in pixels
   */
  GlyphPainter(int size, RandomStream random) {
    this.size = size;
    this.palette = GlyphPalette.pick(random);
    this.ink = palette.ink(random.nextDouble());
    this.background = Ramp.pick(random);
    this.inkRamp = Ramp.pick(random);
    this.texture = Texture.pick(random);
    this.placement = placement(random);
    this.strokeWidth = random.nextDouble(0.30, 0.50);
    double offset = random.nextDouble(0.05, 0.09) * size;
    this.shadowOffset = random.nextDouble() < SHADOW_SHARE ? offset : 0;
  }

  private AffineTransform placement(RandomStream random) {
    double half = size / 2.0;
    double scale = half * random.nextDouble(0.58, 0.76);
    AffineTransform transform = new AffineTransform();
    transform.translate(
        half + half * random.nextDouble(-0.14, 0.14), half + half * random.nextDouble(-0.14, 0.14));
    transform.rotate(random.nextDouble(-0.35, 0.35));
    transform.shear(random.nextDouble(-0.15, 0.15), 0);
    transform.scale(scale * random.nextDouble(0.85, 1.1), scale);
    return transform;
  }

  /** The picture: {@code size * size * 3} bytes, channels last. */
  byte[] paint(Glyph glyph) {
    byte[] coverage = coverage(glyph, 0);
    byte[] shadow = shadowOffset > 0 ? coverage(glyph, shadowOffset) : new byte[size * size];
    byte[] pixels = new byte[size * size * 3];
    for (int i = 0; i < coverage.length; i++) {
      double x = (i % size + 0.5) / size - 0.5;
      double y = (Math.floorDiv(i, size) + 0.5) / size - 0.5;
      double covered = (coverage[i] & 0xff) / 255.0;
      double light = (1 - SHADOW_DARKNESS * (shadow[i] & 0xff) / 255.0) * texture.light(x, y);
      double position = background.at(x, y);
      double shine = 0.84 + 0.16 * inkRamp.at(x, y);
      for (int c = 0; c < 3; c++) {
        double behind = palette.background(c, position) * light;
        double front = GlyphPalette.channel(ink, c) * shine;
        pixels[3 * i + c] = (byte) (Math.min(255, behind + covered * (front - behind)) + 0.5);
      }
    }
    return pixels;
  }

  private byte[] coverage(Glyph glyph, double offset) {
    BufferedImage mask = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = mask.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.translate(offset, offset);
    graphics.transform(placement);
    glyph.draw(graphics, strokeWidth);
    graphics.dispose();
    return ((DataBufferByte) mask.getRaster().getDataBuffer()).getData();
  }

  /** A slope across the picture, from 0 to 1 in some direction. */
  private record Ramp(double dx, double dy) {

    static Ramp pick(RandomStream random) {
      double angle = random.nextDouble(0, 2 * Math.PI);
      return new Ramp(Math.cos(angle), Math.sin(angle));
    }

    double at(double x, double y) {
      return Math.min(1, Math.max(0, 0.5 + 0.75 * (x * dx + y * dy)));
    }
  }

  /** A faint pattern that lightens and darkens the background; none in half of the pictures. */
  private record Texture(int kind, double phase) {
    private static final double DEPTH = 0.07;
    private static final double WAVES = 2 * Math.PI * 4;

    static Texture pick(RandomStream random) {
      return new Texture(random.nextInt(4), random.nextDouble(0, 2 * Math.PI));
    }

    double light(double x, double y) {
      return 1
          + DEPTH
              * switch (kind) {
                case 0 -> Math.sin(WAVES * (x + y) / Math.sqrt(2) + phase);
                case 1 -> Math.sin(WAVES * x + phase) * Math.sin(WAVES * y + phase);
                default -> 0;
              };
    }
  }
}
