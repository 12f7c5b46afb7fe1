package org.vqvae.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
  private final List<String> closed = new ArrayList<>();

  private Opened opened(String... names) {
    Opened opened = new Opened();
    for (String name : names) {
      opened.add(() -> closed.add(name));
    }
    return opened;
  }

  @Test
  void what_was_opened_last_is_closed_first() {
    opened("workers", "folder", "log").close();
    assertThat(closed).containsExactly("log", "folder", "workers");
  }

  @Test
  void what_is_kept_is_closed_by_its_keeper_alone() {
    // Given
    Opened opened = opened("workers", "folder");
    Opened kept = opened.keep();
    // When, Then
    opened.close();
    assertThat(closed).isEmpty();
    kept.close();
    assertThat(closed).containsExactly("folder", "workers");
  }

  @Test
  void everything_is_closed_although_something_fails() {
    // Given
    Opened opened = opened("workers");
    opened.add(
        () -> {
          throw new IllegalStateException("the folder");
        });
    opened.add(
        () -> {
          throw new IllegalStateException("the log");
        });
    // When, Then
    assertThatThrownBy(opened::close)
        .hasMessage("the log")
        .satisfies(fault -> assertThat(fault.getSuppressed()[0]).hasMessage("the folder"));
    assertThat(closed).containsExactly("workers");
  }
}
