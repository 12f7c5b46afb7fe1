package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FormatsTest {

  @Test
  void this_builds_own_is_read() {
    assertThatCode(() -> Formats.check("a.codes", Formats.CURRENT)).doesNotThrowAnyException();
  }

  @Test
  void the_former_one_is_refused_with_the_builds_that_read_it() {
    assertThatThrownBy(() -> Formats.check("a.codes", 1))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "a.codes: has format 1, which builds up to commit 5470d82 read, but this build reads"
                + " format 2; repeat the command that wrote it, or read it with such a build");
  }

  @Test
  void one_to_come_is_refused() {
    assertThatThrownBy(() -> Formats.check("a.codes", 3))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "a.codes: has format 3, which another build wrote, but this build reads format 2;"
                + " repeat the command that wrote it, or read it with such a build");
  }
}
