package org.vqvae.core.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vqvae.core.IncompatibleException;

/**
 * The GPUs of this machine, and whether ND4J's CUDA build has code for one of them. Asked before
 * ND4J starts, which would fail with messages that do not say what is wrong.
 *
 * <p>The build holds machine code for compute capabilities 3.7 to 8.6 and nothing to compile later.
 * NVIDIA runs the code of 8.6 on 8.7 and 8.9 too, but on nothing of another major number.
 */
final class CudaDevices {
  private static final String CHOICES =
      "use a GPU from Kepler (3.7) to Ada (8.9), or build without -Pcuda to run on the CPU";

  private CudaDevices() {}

  /** What was found. */
  sealed interface Found {}

  /** The driver did not answer. */
  record NoDriver(String reason) implements Found {}

  /** The driver answered with these GPUs, perhaps none. */
  record Gpus(List<Gpu> gpus) implements Found {}

  /** A GPU and its compute capability, such as 8.6. */
  record Gpu(String name, int major, int minor) {
    boolean isUsable() {
      return (major > 3 && major < 9) || (major == 3 && minor >= 7);
    }

    @Override
    public String toString() {
      return "%s (compute capability %d.%d)".formatted(name, major, minor);
    }
  }

  /** Fails with one sentence unless ND4J can compute on one of the GPUs found. */
  static void check(Found found) {
    if (found instanceof NoDriver driver) {
      throw new IncompatibleException(
          "the CUDA backend is on the class path but no NVIDIA driver answers (%s); install driver"
                  .formatted(driver.reason())
              + " 510.39 or newer, or build without -Pcuda to run on the CPU");
    }
    List<Gpu> gpus = ((Gpus) found).gpus();
    if (gpus.isEmpty()) {
      throw new IncompatibleException(
          "the CUDA backend is on the class path but the NVIDIA driver finds no GPU; " + CHOICES);
    }
    if (gpus.stream().noneMatch(Gpu::isUsable)) {
      String names = gpus.stream().distinct().map(Gpu::toString).collect(Collectors.joining(", "));
      throw new IncompatibleException(
          "ND4J 1.0.0-M2.1 has no code for this machine's %s; %s".formatted(names, CHOICES));
    }
  }

  /** Asks the driver's command line tool. */
  static Found find() {
    try {
      Process process =
          new ProcessBuilder("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader")
              .redirectErrorStream(true)
              .start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return parse(process.waitFor(), output);
    } catch (IOException e) {
      return new NoDriver("nvidia-smi cannot be run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NoDriver("nvidia-smi was interrupted");
    }
  }

  /** Reads lines such as {@code NVIDIA A100-SXM4-40GB, 8.0}. */
  static Found parse(int exitCode, String output) {
    if (output.startsWith("No devices were found")) {
      return new Gpus(List.of());
    }
    if (exitCode != 0) {
      return new NoDriver("nvidia-smi: " + output.lines().findFirst().orElse("exit " + exitCode));
    }
    List<Gpu> gpus = new ArrayList<>();
    for (String line : output.lines().toList()) {
      int comma = line.lastIndexOf(',');
      List<String> capability = List.of(line.substring(comma + 1).strip().split("\\.", -1));
      if (comma < 0 || capability.size() != 2) {
        return new NoDriver("nvidia-smi: " + line);
      }
      gpus.add(
          new Gpu(
              line.substring(0, comma).strip(),
              Integer.parseInt(capability.get(0)),
              Integer.parseInt(capability.get(1))));
    }
    return new Gpus(List.copyOf(gpus));
  }
}
