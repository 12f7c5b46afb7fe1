package org.vqvae.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStream;

class CodeSamplerTest {
  private static final CodeSpace SPACE = new CodeSpace(3, new Grid(4));

  @Test
  void each_code_is_drawn_from_what_the_prior_expects_after_the_codes_before_it() {
    // Given a prior that is sure that codes count upwards, from the example's label
    CodeSampler sampler = sampler(new Counting());
    // When two examples are drawn
    int[] codes = sampler.sample(2, new int[] {0, 2});
    // Then they do, example after example
    assertThat(codes).containsExactly(0, 1, 2, 0, 2, 0, 1, 2);
  }

  @Test
  void the_same_random_numbers_give_the_same_codes() {
    assertThat(sampler(new Undecided()).sample(50, null))
        .isEqualTo(sampler(new Undecided()).sample(50, null))
        .contains(0, 1, 2);
  }

  private static CodeSampler sampler(PriorNetwork network) {
    return new CodeSampler(network, SPACE, SamplingSettings.PLAIN, RandomStream.of(3, "sampling"));
  }

  /** Has no parameters and samples only. */
  private abstract static class SamplingOnly implements PriorNetwork {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public INDArray logits(int[] codes, int @Nullable [] labels, Phase phase) {
      throw new UnsupportedOperationException("sampling must not need a full pass");
    }

    @Override
    public void backward(INDArray gradient) {}
  }

  private static final class Counting extends SamplingOnly {
    @Override
    public CodeStream stream(int examples, int @Nullable [] labels) {
      int[] next = labels == null ? new int[examples] : labels.clone();
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

  private static final class Undecided extends SamplingOnly {
    @Override
    public CodeStream stream(int examples, int @Nullable [] labels) {
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
