package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.data.Split;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.store.MetricsLog;
import org.vqvae.core.testing.CommandLineRun;

/** A batch that is computed in parts trains as one that is computed at once. */
class AccumulationTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path atOnce;

  private static Path run(Path folder, int accumulate) {
    Path run = folder.resolve("run");
    TinyRun.begin(
            "run",
            run,
            TinyRun.TWO_LEVELS,
            TinyRun.WAVENET,
            "autoencoder.accumulate=" + accumulate,
            "prior-training.accumulate=" + accumulate,
            "prior-training.learning-rate=0.01")
        .worked();
    return run;
  }

  @BeforeAll
  static void run_once() {
    atOnce = run(shared, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 16})
  void losses_differ_by_rounding_and_codes_not_at_all(int parts) {
    // When
    Path inParts = run(folder, parts);
    // Then
    List<MetricsLog.Line> expected = MetricsLog.read(atOnce.resolve("metrics.jsonl"));
    List<MetricsLog.Line> lines = MetricsLog.read(inParts.resolve("metrics.jsonl"));
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      assertAlike(lines.get(i), expected.get(i));
    }
    for (Split split : Split.values()) {
      CodeStore codes = codes(inParts, split);
      int[] all = IntStream.range(0, codes.size()).toArray();
      assertThat(codes.codes(all)).isEqualTo(codes(atOnce, split).codes(all));
    }
  }

  private static void assertAlike(MetricsLog.Line line, MetricsLog.Line expected) {
    assertThat(line.step()).isEqualTo(expected.step());
    assertThat(line.values()).containsOnlyKeys(expected.values().keySet());
    line.values()
        .forEach(
            (name, value) ->
                assertThat(value)
                    .as("%s %d: %s", line.stage(), line.step(), name)
                    .isCloseTo(expected.values().get(name), within(1e-4)));
  }

  private static CodeStore codes(Path run, Split split) {
    return CodeStore.open(
        run.resolve("codes").resolve(split.name().toLowerCase(Locale.ROOT) + ".codes"));
  }

  @Test
  void more_parts_than_examples_are_refused() {
    CommandLineRun refused =
        TinyRun.begin("check", folder.resolve("run"), "autoencoder.accumulate=17");
    assertThat(refused.code()).isEqualTo(CommandLineRun.USAGE);
    assertThat(refused.err()).contains("autoencoder.accumulate");
  }
}
