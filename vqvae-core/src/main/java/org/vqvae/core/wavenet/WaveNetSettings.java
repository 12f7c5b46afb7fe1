package org.vqvae.core.wavenet;

import java.util.List;
import java.util.stream.IntStream;
import org.vqvae.core.config.ConfigReader;

/**
 * The size of a WaveNet: {@code cycles} times layers of dilation 1, 2, 4, ..., each layer of kernel
 * 2.
 *
 * @param cycles how often the dilations start again at 1
 * @param layersPerCycle 10: dilations 1 to 512
 * @param channels R, the width of the layers' inputs and of their gates
 * @param skipChannels S, the width of what all layers add to, and of the head
 */
public record WaveNetSettings(int cycles, int layersPerCycle, int channels, int skipChannels) {

  /** Reads {@code cycles}, {@code layers-per-cycle}, {@code channels}, {@code skip-channels}. */
  public static WaveNetSettings read(ConfigReader in) {
    return new WaveNetSettings(
        in.integer("cycles").atLeast(1),
        in.integer("layers-per-cycle").between(1, 20),
        in.integer("channels").atLeast(1),
        in.integer("skip-channels").atLeast(1));
  }

  /** Each layer's dilation, from the input up. */
  List<Integer> dilations() {
    return IntStream.range(0, cycles * layersPerCycle)
        .mapToObj(layer -> 1 << (layer % layersPerCycle))
        .toList();
  }

  /** How many codes before a step can change its distribution. */
  public int receptiveField() {
    return 1 + dilations().stream().mapToInt(Integer::intValue).sum();
  }
}
