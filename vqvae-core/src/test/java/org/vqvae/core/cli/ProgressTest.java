package org.vqvae.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vqvae.core.training.TrainingListener;

class ProgressTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  private long nanos = 5_000_000_000L;

  @Nested
  class Lines {
    private final TrainingListener lines =
        new ProgressLines(out, () -> nanos, Duration.ofSeconds(10));

    @Test
    void come_now_and_then_and_say_how_long_the_rest_will_take() {
      // When a stage takes 25 steps of 1 s
      lines.started("autoencoder", 0, 25);
      for (int step = 1; step <= 25; step++) {
        nanos += 1_000_000_000L;
        lines.step(step, step % 5 == 0 ? Map.of("loss", 1.0 / step) : Map.of());
      }
      lines.finished("autoencoder", 25);

      // Then
      assertThat(text())
          .isEqualTo(
              """
              autoencoder: 0 of 25 steps
              autoencoder: 10 of 25, 1,000.0 ms a step, 15 s left, loss 0.1000
              autoencoder: 20 of 25, 1,000.0 ms a step, 5 s left, loss 0.05000
              autoencoder: 25 of 25 steps done in 25 s, loss 0.04000
              """);
    }

    @Test
    void count_the_pace_from_where_a_run_goes_on() {
      // When
      lines.started("prior", 4_000, 5_000);
      nanos += 20_000_000_000L;
      lines.step(4_200, Map.of());
      lines.message("Interrupted; go on with --resume");
      lines.finished("prior", 4_200);

      // Then
      assertThat(text())
          .isEqualTo(
              """
              prior: goes on at step 4,000 of 5,000
              prior: 4,200 of 5,000, 100.0 ms a step, 1 min 20 s left
              Interrupted; go on with --resume
              prior: 4,200 of 5,000 steps done in 20 s
              """);
    }
  }

  @Nested
  class Bar {
    private final TrainingListener bar = new ProgressBar(out, () -> nanos, () -> 80);

    @Test
    void is_drawn_again_in_place() {
      // When
      bar.started("prior", 0, 10);
      nanos += 1_000_000_000L;
      bar.step(1, Map.of("loss", 0.25));
      nanos += 1_000L;
      bar.step(2, Map.of("loss", 0.2)); // too soon to draw
      nanos += 4_000_000_000L;
      bar.step(5, Map.of());

      // Then
      assertThat(text().split("\r", -1))
          .containsExactly(
              "",
              "prior [>                   ]   0 %",
              "prior [==>                 ]  10 %  9 s left  loss 0.2500",
              "prior [==========>         ]  50 %  5 s left  loss 0.2000");
    }

    @Test
    void makes_way_for_messages_and_for_its_last_line() {
      // When
      bar.started("prior", 0, 1);
      bar.message("saved");
      nanos += 2_000_000_000L;
      bar.step(1, Map.of());
      bar.finished("prior", 1);

      // Then
      String empty = "prior [>                   ]   0 %";
      String full = "prior [====================] 100 %  0 s left";
      assertThat(text().split("\r", -1))
          .containsExactly(
              "",
              empty,
              " ".repeat(empty.length()),
              "saved\n",
              empty,
              full,
              " ".repeat(full.length()),
              "prior: 1 of 1 steps done in 2 s\n");
    }

    @Test
    void is_cut_to_the_terminal() {
      new ProgressBar(out, () -> nanos, () -> 12).started("autoencoder", 0, 10);
      assertThat(text()).isEqualTo("\rautoencoder");
    }

    @Test
    void survives_a_stage_without_steps() {
      bar.started("unigram", 0, 0);
      bar.finished("unigram", 0);
      assertThat(text()).endsWith("unigram: 0 of 0 steps done in 0 s\n");
    }
  }

  @Test
  void goes_to_several_listeners() {
    // Given
    TrainingListener lines = new ProgressLines(out, () -> nanos, Duration.ofSeconds(10));

    // When
    TrainingListener.all(List.of(lines, lines)).message("x");

    // Then
    assertThat(text()).isEqualTo("x\nx\n");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
