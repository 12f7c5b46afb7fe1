package org.vqvae.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vqvae.core.store.Json;

class SpeedTest {
  private static final Timing TIMING = new Timing(60, 20, 25, 30.5, 0);

  @Test
  void rates_are_those_of_the_fastest_run() {
    // GIVEN 2 GFLOP in 20 ms on a machine that does 200 GFLOP/s, WHEN
    Speed speed = new Speed("train-step", TIMING, 2e9, 200e9);

    // THEN
    assertThat(speed.rate()).isEqualTo(100e9);
    assertThat(speed.share()).isEqualTo(0.5);
  }

  @Test
  void the_peak_is_its_own_measure() {
    assertThat(Speed.ofPeak(TIMING, 2e9).share()).isEqualTo(1);
  }

  @Test
  void a_line_fits_under_the_header() {
    assertThat(new Speed("train-step", TIMING, 2e9, 200e9).line())
        .isEqualTo(
            "train-step             20.000     25.000     30.500    60    2.000    100.0      50%")
        .hasSameSizeAs(Speed.HEADER);
  }

  @Test
  void a_line_owns_up_to_garbage_collections() {
    assertThat(new Speed("encode", new Timing(60, 1, 2, 9, 3), 1, 1).line())
        .endsWith("(3 garbage collections)");
  }

  @Test
  void a_program_reads_the_same_numbers() {
    assertThat(Json.compact(new Speed("encode", TIMING, 2e9, 200e9).fields()))
        .isEqualTo(
            "{\"figure\":\"encode\",\"min-ms\":20.0,\"median-ms\":25.0,\"max-ms\":30.5,\"runs\":60,"
                + "\"gflop\":2.0,\"gflop-per-second\":100.0,\"peak-share\":0.5,\"collections\":0}");
  }
}
