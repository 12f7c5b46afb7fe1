package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.kernel.CudaDevices.Gpu;
import org.vqvae.core.kernel.CudaDevices.Gpus;
import org.vqvae.core.kernel.CudaDevices.NoDriver;

class CudaDevicesTest {

  @Test
  void a_machine_without_a_driver_is_told_so() {
    assertThatThrownBy(() -> CudaDevices.check(new NoDriver("nvidia-smi cannot be run")))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "the CUDA backend is on the class path but no NVIDIA driver answers (nvidia-smi cannot"
                + " be run); install driver 510.39 or newer, or build without -Pcuda to run on the"
                + " CPU");
  }

  @Test
  void a_driver_without_a_gpu_is_told_so() {
    assertThatThrownBy(() -> CudaDevices.check(new Gpus(List.of())))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("the NVIDIA driver finds no GPU");
  }

  @Test
  void a_hopper_gpu_is_named_and_refused() {
    assertThatThrownBy(() -> CudaDevices.check(gpus(new Gpu("NVIDIA H100 80GB HBM3", 9, 0))))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            "ND4J 1.0.0-M2.1 has no code for this machine's NVIDIA H100 80GB HBM3 (compute"
                + " capability 9.0); use a GPU from Kepler (3.7) to Ada (8.9), or build without"
                + " -Pcuda to run on the CPU");
  }

  @ParameterizedTest
  @CsvSource({"3, 7", "5, 0", "7, 0", "8, 0", "8, 6", "8, 9"})
  void a_gpu_that_the_build_has_code_for_is_accepted(int major, int minor) {
    assertThatCode(() -> CudaDevices.check(gpus(new Gpu("a GPU", major, minor))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "2, 1", "9, 0", "10, 0", "12, 0"})
  void an_older_or_newer_gpu_is_refused(int major, int minor) {
    assertThatThrownBy(() -> CudaDevices.check(gpus(new Gpu("a GPU", major, minor))))
        .isInstanceOf(IncompatibleException.class);
  }

  @Test
  void one_usable_gpu_is_enough() {
    assertThatCode(
            () -> CudaDevices.check(gpus(new Gpu("new", 9, 0), new Gpu("NVIDIA A100", 8, 0))))
        .doesNotThrowAnyException();
  }

  @Test
  void the_answer_of_the_driver_is_read() {
    assertThat(CudaDevices.parse(0, "NVIDIA A100-SXM4-40GB, 8.0\nNVIDIA H100, PCIe, 9.0"))
        .isEqualTo(
            gpus(new Gpu("NVIDIA A100-SXM4-40GB", 8, 0), new Gpu("NVIDIA H100, PCIe", 9, 0)));
    assertThat(CudaDevices.parse(6, "No devices were found")).isEqualTo(new Gpus(List.of()));
    assertThat(CudaDevices.parse(9, "NVIDIA-SMI has failed\nmore"))
        .isEqualTo(new NoDriver("nvidia-smi: NVIDIA-SMI has failed"));
    assertThat(CudaDevices.parse(0, "what is this")).isInstanceOf(NoDriver.class);
  }

  private static Gpus gpus(Gpu... gpus) {
    return new Gpus(List.of(gpus));
  }
}
