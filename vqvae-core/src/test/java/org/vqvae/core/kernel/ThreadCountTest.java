package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.IncompatibleException;

class ThreadCountTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // the variable, usable processors, physical cores, expected
    "3, 16, 8, 3",
    "12, 2, 2, 12",
    ", 16, 8, 8",
    ", 2, 8, 2",
    ", 4, 0, 4"
  })
  void the_variable_counts_and_without_it_the_cores_that_the_process_may_use(
      String variable, int usable, int physical, int expected) {
    assertThat(ThreadCount.of(variable, usable, physical)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many", "4,2", " 3 ", "07", "99999"})
  void a_variable_that_nd4j_cannot_start_with_is_refused_in_one_sentence(String variable) {
    assertThatThrownBy(() -> ThreadCount.check(variable))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "OMP_NUM_THREADS is \"%s\", but ND4J reads it and needs a whole number from 1 to 9999;"
                + " unset it, and say how many threads compute by engine.threads",
            variable);
  }

  @Test
  void threads_of_one_core_are_one_core() throws IOException {
    processor("cpu0", "0,2");
    processor("cpu1", "1,3");
    processor("cpu2", "0,2");
    processor("cpu3", "1,3");
    Files.createDirectory(folder.resolve("cpufreq"));
    assertThat(ThreadCount.physicalCores(folder)).isEqualTo(2);
  }

  private void processor(String name, String siblings) throws IOException {
    Path topology = Files.createDirectories(folder.resolve(name).resolve("topology"));
    Files.writeString(topology.resolve("thread_siblings_list"), siblings + "\n");
  }

  @Test
  void a_system_that_does_not_tell_has_no_number() {
    assertThat(ThreadCount.physicalCores(folder.resolve("missing"))).isZero();
    assertThat(ThreadCount.physicalCores(folder)).isZero();
  }

  @Test
  void this_process_has_one_at_least() {
    assertThat(ThreadCount.ofThisProcess()).isPositive();
  }
}
