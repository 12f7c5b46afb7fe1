package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.IncompatibleException;

class KernelsFactoryTest {
  private final KernelsFactory with = new KernelsFactory(new Backend("nd4j-native", "avx2", null));
  private final KernelsFactory without =
      new KernelsFactory(
          new Backend("nd4j-cuda", "unknown", "the arrays lie in the memory of a GPU"));

  @Test
  void auto_is_onednn_where_that_is_available() {
    assertThat(with.choose("auto")).isEqualTo("onednn");
    assertThat(without.choose("auto")).isEqualTo("native");
    assertThat(without.choose("native")).isEqualTo("native");
  }

  @Test
  void asking_for_onednn_where_it_is_missing_says_why_and_what_to_do() {
    assertThatThrownBy(() -> without.choose("onednn"))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "kernels \"onednn\" are not available: the arrays lie in the memory of a GPU; choose"
                + " \"native\" or \"auto\"");
  }

  @Test
  void an_unknown_name_lists_the_known_ones() {
    assertThatThrownBy(() -> with.choose("mkl"))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage("no kernels are called \"mkl\"; choose one of [auto, onednn, native]");
  }

  @Test
  void the_backend_of_this_process_makes_the_kernels_that_it_promises() {
    // Given
    Backend backend = Backend.start();
    KernelsFactory factory = new KernelsFactory(backend);
    for (String name : new String[] {"auto", "native"}) {
      // When
      try (Kernels kernels = factory.create(name)) {
        // Then
        assertThat(kernels.name()).isEqualTo(factory.choose(name));
      }
    }
    assertThat(backend.name()).startsWith("nd4j-");
  }

  @Test
  void every_worker_has_kernels_of_its_own() {
    try (Workers workers = new KernelsFactory(Backend.start()).workers("auto", DataType.FLOAT, 3)) {
      assertThat(workers.size()).isEqualTo(3);
      assertThat(workers.kernels(0)).isNotSameAs(workers.kernels(1));
      assertThat(workers.kernels(0).workers()).isSameAs(workers);
      assertThat(workers.kernels(2).workers().size()).isEqualTo(1);
    }
  }
}
