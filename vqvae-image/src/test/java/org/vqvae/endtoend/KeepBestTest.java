package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.testing.RunResults;

/**
 * A prior ends with the weights that predicted the validation split best, unless config says last.
 */
class KeepBestTest {
  private static final Pattern VALIDATION =
      Pattern.compile("\"step\":(\\d+).*\"validation-bits-per-code\":([0-9.E-]+)");
  private static final String FILE = "prior-pixelcnn.safetensors";

  @TempDir private Path folder;

  private Path run(String name, long steps, String keep) {
    Path run = folder.resolve(name);
    TinyRun.begin("run", run, "prior-training.steps=" + steps, "prior-training.keep=" + keep)
        .worked();
    return run;
  }

  @Test
  void the_weights_are_those_of_the_best_evaluation_or_of_the_last_step() throws IOException {
    // Given a training that gets worse at its end
    Path best = run("best", 20, "best");
    long step = bestStep(best);
    assertThat(step).isLessThan(20);
    // When trainings keep the last step, one after as many steps, the other after all
    Map<String, String> asLong = RunResults.of(run("as-long", step, "last"));
    Map<String, String> longer = RunResults.of(run("longer", 20, "last"));
    // Then
    assertThat(RunResults.of(best).get(FILE))
        .isEqualTo(asLong.get(FILE))
        .isNotEqualTo(longer.get(FILE));
  }

  private static long bestStep(Path run) throws IOException {
    Map<Long, Double> bits = new TreeMap<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      Matcher matcher = VALIDATION.matcher(line);
      if (matcher.find()) {
        bits.put(Long.parseLong(matcher.group(1)), Double.parseDouble(matcher.group(2)));
      }
    }
    return bits.entrySet().stream()
        .min(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }
}
