package org.vqvae.core.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vqvae.core.IncompatibleException;

/** What can be timed. */
enum Figure {
  GEMM_PEAK(Workbench::gemmPeak),
  TRAIN_STEP(Workbench::trainStep),
  ENCODE(Workbench::encode),
  QUANTIZE(Workbench::quantize),
  DECODE(Workbench::decode),
  PRIOR_TRAIN_STEP(Workbench::priorTrainStep),
  PRIOR_SAMPLE(Workbench::priorSample);

  private final Function<Workbench, Workload> workload;

  Figure(Function<Workbench, Workload> workload) {
    this.workload = workload;
  }

  Workload workload(Workbench bench) {
    return workload.apply(bench);
  }

  /** As the command line writes it, such as {@code train-step}. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(Figure::title).toList();
  }

  /**
   * The figure of that title.
   *
   * @throws IncompatibleException if there is none
   */
  static Figure of(String title) {
    return Arrays.stream(values())
        .filter(figure -> figure.title().equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IncompatibleException(
                    "no such figure: \"%s\"; there are: %s"
                        .formatted(title, titles().stream().collect(Collectors.joining(", ")))));
  }
}
