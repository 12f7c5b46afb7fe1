package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.testing.CommandLineRun;

/** Samples as a person asks for them. */
class SampleCommandTest {
  @TempDir Path folder;

  @Test
  void pictures_are_of_the_size_that_was_asked_for() throws IOException {
    // Given a run of pictures with a PixelCNN
    Path run = folder.resolve("run");
    TinyRun.begin("run", run).worked();
    // When one of another form is drawn, whose edges are within a code
    vqvae("sample", run, "--count", 1, "--size", "18x41", "--out", folder).worked();
    // Then
    BufferedImage sample = ImageIO.read(folder.resolve("pixelcnn-1.png").toFile());
    assertThat(List.of(sample.getHeight(), sample.getWidth())).containsExactly(18, 41);
    // And up to the last row and column there is more than the grey that fills up
    assertThat(IntStream.range(0, 41).map(x -> sample.getRGB(x, 17)).distinct().count())
        .isGreaterThan(1);
    assertThat(IntStream.range(0, 18).map(y -> sample.getRGB(40, y)).distinct().count())
        .isGreaterThan(1);
    // And what cannot be drawn is refused
    refuses(run, "--temperature", "0", "--temperature must be greater than 0 and finite but was");
    refuses(run, "--temperature", "NaN", "--temperature must be greater than 0 and finite but was");
    refuses(run, "--top-k", "-1", "--top-k must be at least 1, or 0 for all codes, but was -1");
  }

  private static void refuses(Path run, String option, String value, String message) {
    CommandLineRun refused = vqvae("sample", run, option + "=" + value);
    assertThat(refused.code()).isEqualTo(CommandLineRun.USAGE);
    assertThat(refused.err()).startsWith(message);
  }
}
