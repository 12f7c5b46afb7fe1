package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.testing.CommandLineRun;

/**
 * A build for CUDA on a machine that cannot use it: the backend's class is an empty one, and
 * NVIDIA's tool a script that answers what it would.
 */
@DisabledOnOs(OS.WINDOWS)
class UnusableGpuTest {
  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void build_for_cuda() throws IOException {
    classes = Files.createDirectories(folder.resolve("classes"));
    Path source =
        TinyRun.write(
            folder.resolve("JCublasBackend.java"),
            "package org.nd4j.linalg.jcublas; public class JCublasBackend {}");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertThat(result).isZero();
  }

  @Test
  void without_a_driver_a_run_says_one_sentence_and_leaves_nothing() throws Exception {
    assertSaysAndLeavesNothing(
        "the CUDA backend is on the class path but no NVIDIA driver answers (nvidia-smi cannot be"
            + " run); install driver 510.39 or newer, or build without -Pcuda to run on the CPU\n");
  }

  @Test
  void with_a_gpu_too_new_a_run_names_it() throws Exception {
    Path tool =
        TinyRun.write(
            folder.resolve("bin/nvidia-smi"), "#!/bin/sh\necho 'NVIDIA H100 80GB HBM3, 9.0'\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    assertSaysAndLeavesNothing(
        "ND4J 1.0.0-M2.1 has no code for this machine's NVIDIA H100 80GB HBM3 (compute capability"
            + " 9.0); use a GPU from Kepler (3.7) to Ada (8.9), or build without -Pcuda to run on"
            + " the CPU\n");
  }

  private void assertSaysAndLeavesNothing(String sentence) throws Exception {
    Path run = folder.resolve("run");
    Map<String, String> environment = Map.of("PATH", folder.resolve("bin").toString());
    try (Child child =
        Child.vqvae(
            folder,
            environment,
            classes.toString(),
            "run",
            TinyRun.experiment(folder),
            "--out",
            run)) {
      assertThat(child.exitCode()).isEqualTo(CommandLineRun.USAGE);
      assertThat(child.said()).isEqualTo(sentence);
    }
    assertThat(run).doesNotExist();
  }
}
