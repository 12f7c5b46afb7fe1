package org.vqvae.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

class ScopeTest {
  private RandomStreams streams;
  private Scope quantizer;

  @BeforeEach
  void a_place_of_a_seed() {
    streams = new RandomStreams(42);
    quantizer = Scope.root(streams).child("quantizer");
  }

  @Test
  void names_are_paths() {
    assertThat(Scope.root(streams).name("codebook")).isEqualTo("codebook");
    assertThat(quantizer.child("level-1").name("codebook")).isEqualTo("quantizer/level-1/codebook");
    assertThat(quantizer.child("level-1/dead-codes")).hasToString("quantizer/level-1/dead-codes");
  }

  @Test
  void parameters_are_named_after_their_place() {
    assertThat(quantizer.learned("codebook", (value, random) -> {}, 2, 3).name())
        .isEqualTo("quantizer/codebook");
    assertThat(quantizer.learned("codebook", (value, random) -> {}, 2, 3).isLearned()).isTrue();
    assertThat(quantizer.state("counts", (value, random) -> {}, 2).name())
        .isEqualTo("quantizer/counts");
    assertThat(quantizer.state("counts", (value, random) -> {}, 2).isLearned()).isFalse();
  }

  @Test
  void a_random_stream_is_that_of_its_full_name_and_a_checkpoint_holds_it() {
    assertThat(quantizer.random("codebook-init"))
        .isSameAs(streams.named("quantizer/codebook-init"));
    assertThat(quantizer.random("codebook-init").nextLong())
        .isEqualTo(RandomStream.of(42, "quantizer/codebook-init").nextLong());
    assertThat(streams.states()).containsOnlyKeys("quantizer/codebook-init");
  }

  @Test
  void what_is_drawn_for_examples_moves_no_stream() {
    double drawn = quantizer.perExample("jitter").of(Phase.TRAIN, 0).nextDouble();
    assertThat(quantizer.perExample("jitter").of(Phase.TRAIN, 0).nextDouble()).isEqualTo(drawn);
    assertThat(Scope.root(streams).perExample("jitter").of(Phase.TRAIN, 0).nextDouble())
        .isNotEqualTo(drawn);
    assertThat(streams.states()).isEmpty();
  }
}
