package org.vqvae.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;

class CodeSamplerTest {
  private static final CodeShape SHAPE = CodeShape.of(new Grid(4), 3);

  @Test
  void each_code_is_drawn_from_what_the_prior_expects_after_the_codes_before_it() {
    // Given a prior that is sure that codes count upwards, from the example's label
    CodeSampler sampler = sampler(new Counting());
    // When two examples are drawn
    Codes codes = sampler.sample(2, Condition.ofLabels(0, 2));
    // Then they do, example after example
    assertThat(codes).isEqualTo(Codes.of(SHAPE, 0, 1, 2, 0, 2, 0, 1, 2));
  }

  @Test
  void the_same_random_numbers_give_the_same_codes() {
    Codes codes = sampler(new Undecided()).sample(50, Condition.NONE);
    assertThat(codes).isEqualTo(sampler(new Undecided()).sample(50, Condition.NONE));
    assertThat(codes.values()).contains(0, 1, 2);
  }

  @Test
  void each_code_is_drawn_from_as_many_as_its_codebook_has() {
    // Given codebooks of 2, 7 and 4 codes, and a prior that is sure of the last code of each
    CodeShape shape =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(1), List.of(2)),
                new CodeMap("bottom", new Grid(2), List.of(7, 4))));
    PriorNetwork network = new LastOfEach(shape);
    // When two examples are drawn
    Codes codes =
        new CodeSampler(
                alone(network), shape, SamplingSettings.PLAIN, RandomStream.of(3, "sampling"))
            .sample(2, Condition.NONE);
    // Then each code is the last of its codebook
    assertThat(codes).isEqualTo(Codes.of(shape, 1, 6, 3, 6, 3, 1, 6, 3, 6, 3));
  }

  private static Replicas<PriorModel> alone(PriorNetwork network) {
    return Replicas.alone(new PriorModel(network, new CodeLoss(new NativeKernels())));
  }

  private static CodeSampler sampler(PriorNetwork network) {
    return new CodeSampler(
        alone(network), SHAPE, SamplingSettings.PLAIN, RandomStream.of(3, "sampling"));
  }

  /** Has no parameters and samples only. */
  private abstract static class SamplingOnly implements PriorNetwork {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Logits logits(Codes codes, Condition condition, Phase phase) {
      throw new UnsupportedOperationException("sampling must not need a full pass");
    }

    @Override
    public void backward(Logits gradient) {}
  }

  private static final class Counting extends SamplingOnly {
    @Override
    public CodeStream stream(int examples, Condition condition) {
      int[] next = condition.labels();
      return new CodeStream() {
        @Override
        public float[] next() {
          float[] logits = new float[examples * 3];
          Arrays.fill(logits, Float.NEGATIVE_INFINITY);
          for (int i = 0; i < examples; i++) {
            logits[3 * i + next[i]] = 0;
          }
          return logits;
        }

        @Override
        public void accept(int[] codes) {
          for (int i = 0; i < examples; i++) {
            next[i] = (codes[i] + 1) % 3;
          }
        }
      };
    }
  }

  private static final class LastOfEach extends SamplingOnly {
    private final CodeShape shape;

    LastOfEach(CodeShape shape) {
      this.shape = shape;
    }

    @Override
    public CodeStream stream(int examples, Condition condition) {
      return new CodeStream() {
        private int index;

        @Override
        public float[] next() {
          int size = shape.codebookSize(index);
          float[] logits = new float[examples * size];
          Arrays.fill(logits, Float.NEGATIVE_INFINITY);
          for (int n = 0; n < examples; n++) {
            logits[n * size + size - 1] = 0;
          }
          return logits;
        }

        @Override
        public void accept(int[] codes) {
          index++;
        }
      };
    }
  }

  private static final class Undecided extends SamplingOnly {
    @Override
    public CodeStream stream(int examples, Condition condition) {
      return new CodeStream() {
        @Override
        public float[] next() {
          return new float[examples * 3];
        }

        @Override
        public void accept(int[] codes) {}
      };
    }
  }
}
