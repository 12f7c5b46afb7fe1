package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.Parts;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.QuantizerContract;
import org.vqvae.quantizers.KeepDeadCodes;
import org.vqvae.quantizers.NearestQuantizer;
import org.vqvae.quantizers.NormalInitializer;

/** A gradient estimator of one's own is a class of 25 lines at most, imports aside. */
class RotationTrickTest {

  @Test
  void takes_at_most_25_lines() throws IOException {
    Path source = Path.of("src/test/java/example/RotationTrick.java");
    List<String> lines =
        Files.readAllLines(source).stream()
            .filter(line -> !line.isBlank() && !line.matches("(package|import) .*"))
            .toList();
    assertThat(lines).hasSizeBetween(10, 25);
  }

  @ParameterizedTest
  @CsvSource({
    "3 4, 0 10, 1 0, 1.6 -1.2",
    "3 4, 0 10, 0 1, 1.2 1.6",
    "1 2 2, 2 -1 2, 1 0 0, .752136752 .658119658 -.034188034",
    "1 2 2, 4 -2 4, 1 2 3, -3.179487179 6.717948718 .871794872",
    "3 4, -3 -4, 1 0, .28 -.96",
    "3 4, 3 4, .7 -.2, .7 -.2",
    "3 4, 0 0, .7 -.2, 0 0",
    "0 0, 3 4, .7 -.2, .7 -.2"
  })
  void gradient_is_that_of_the_formula(String z, String q, String g, String expected) {
    float[] gradient = turned(row(z), row(q), row(g), row(z).length);
    assertThat(gradient).containsExactly(row(expected), within(5e-6f * 7));
  }

  private static float[] row(String values) {
    List<Float> parsed = new ArrayList<>();
    for (String value : values.split(" ", -1)) {
      parsed.add(Float.valueOf(value));
    }
    float[] row = new float[parsed.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = parsed.get(i);
    }
    return row;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 64})
  void angle_and_length_of_the_gradient_are_kept(int dim) {
    RandomStream random = RandomStream.of(dim, "rotation");
    float[] z = gaussian(random, dim);
    float[] q = gaussian(random, dim);
    float[] g = gaussian(random, dim);
    // When
    float[] turned = turned(z, q, g, dim);
    // Then
    assertThat(cosine(turned, z)).isCloseTo(cosine(g, q), within(1e-5));
    assertThat(norm(turned) / norm(g)).isCloseTo(norm(q) / norm(z), within(1e-5));
  }

  private static float[] gaussian(RandomStream random, int dim) {
    float[] values = new float[dim];
    for (int i = 0; i < dim; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double cosine(float[] a, float[] b) {
    return dot(a, b) / (norm(a) * norm(b));
  }

  private static double norm(float[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Nested
  class In_a_quantizer extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      NearestQuantizer.Settings settings =
          new NearestQuantizer.Settings(
              8,
              3,
              0.25,
              Chosen.of(new NormalInitializer(new NormalInitializer.Settings(1))),
              Chosen.of(new KeepDeadCodes()),
              Chosen.of(new RotationTrick()));
      return new NearestQuantizer(settings, Parts.NONE, new NativeKernels(), scope);
    }

    @Override
    protected INDArray expectedTaskGradient(INDArray latents, INDArray gradient, Phase phase) {
      float[] z = FloatArrays.read(latents);
      float[] q = FloatArrays.read(trained().apply(latents, phase).values());
      float[] expected = turned(z, q, FloatArrays.read(gradient), 3);
      return Nd4j.createFromArray(expected).castTo(DataType.FLOAT).reshape(gradient.shape());
    }
  }

  private static float[] turned(float[] z, float[] q, float[] g, int dim) {
    float[] gradient = g.clone();
    new RotationTrick()
        .estimate(FloatBuffer.wrap(z), FloatBuffer.wrap(q), FloatBuffer.wrap(gradient), dim);
    return gradient;
  }
}
