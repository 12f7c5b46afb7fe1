package org.vqvae.core.plugin;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStreams;

/**
 * A module whose components have every kind of setting and do nothing. Its defaults are in {@code
 * fake-module.conf}.
 */
final class FakeModule implements VqvaePlugin {

  @Override
  public String module() {
    return "fake-module";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog.role(DeadCodePolicy.class, "dead-codes");
    catalog.add(
        DeadCodePolicy.class,
        "none",
        KeepDead.class,
        KeepDead.Settings.class,
        KeepDead.Settings::read);
    catalog.add(
        DeadCodePolicy.class,
        "restart",
        Restart.class,
        Restart.Settings.class,
        Restart.Settings::read);
    catalog.add(
        Dataset.class, "stripes", Stripes.class, Stripes.Settings.class, Stripes.Settings::read);
    catalog.add(
        Dataset.class, "folder", Folder.class, Folder.Settings.class, Folder.Settings::read);
    catalog.add(
        Encoder.class,
        "residual-conv",
        Convolutions.class,
        Convolutions.Settings.class,
        Convolutions.Settings::read);
    catalog.add(Quantizer.class, "ema", Ema.class, Ema.Settings.class, Ema.Settings::read);
    catalog.add(
        Quantizer.class,
        "nearest",
        NearestCode.class,
        NearestCode.Settings.class,
        NearestCode.Settings::read);
    catalog.add(
        Quantizer.class,
        "residual",
        Residual.class,
        Residual.Settings.class,
        Residual.Settings::read);
    catalog.add(
        Decoder.class,
        "residual-conv",
        Deconvolutions.class,
        Deconvolutions.Settings.class,
        Deconvolutions.Settings::read);
    catalog.add(
        Prior.class, "uniform", Uniform.class, Uniform.Settings.class, Uniform.Settings::read);
  }

  interface DeadCodePolicy {}

  record KeepDead(KeepDead.Settings settings) implements DeadCodePolicy {
    record Settings() {
      static Settings read(ConfigReader in) {
        return new Settings();
      }
    }

    @Inject
    KeepDead {}
  }

  record Restart(Settings settings, RandomStreams random) implements DeadCodePolicy {
    record Settings(double threshold) {
      static Settings read(ConfigReader in) {
        return new Settings(in.real("threshold").greaterThan(0));
      }
    }

    @Inject
    Restart {}
  }

  record Stripes(Settings settings) implements Dataset {
    enum Colour {
      BLACK_AND_WHITE,
      RGB
    }

    record Settings(int size, Colour colour, List<Integer> widths, boolean diagonal) {
      static Settings read(ConfigReader in) {
        Settings settings =
            new Settings(
                in.integer("size").between(4, 512),
                in.choice("colour", Colour.class),
                in.integers("widths", 1),
                in.flag("diagonal"));
        if (settings.widths.stream().anyMatch(width -> width > settings.size)) {
          in.problem(
              "widths", "a stripe cannot be wider than the picture, data.size = " + settings.size);
        }
        return settings;
      }
    }

    @Inject
    Stripes {}

    @Override
    public DataSpec spec() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Examples examples(Split split) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String fingerprint() {
      return "stripes";
    }
  }

  /** A data set that cannot be opened. */
  static final class Folder implements Dataset {
    record Settings(Path folder) {
      static Settings read(ConfigReader in) {
        return new Settings(in.path("folder"));
      }
    }

    @Inject
    Folder(Settings settings) {
      throw new org.vqvae.core.data.DataException(settings.folder() + ": no such folder");
    }

    @Override
    public DataSpec spec() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Examples examples(Split split) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String fingerprint() {
      return "folder";
    }
  }

  record Convolutions(Settings settings, Kernels kernels) implements Encoder {
    record Settings(int channels, int downsample) {
      Settings {
        if (Integer.bitCount(downsample) != 1) {
          throw new IllegalArgumentException(
              "downsample must be a power of two but was " + downsample);
        }
      }

      static Settings read(ConfigReader in) {
        return new Settings(in.integer("channels").atLeast(1), in.integer("downsample").atLeast(1));
      }
    }

    @Inject
    Convolutions {}

    @Override
    public Grid latentGrid(DataSpec data) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Block build(DataSpec data, int codeDim) {
      throw new UnsupportedOperationException();
    }
  }

  record Deconvolutions(Settings settings) implements Decoder {
    record Settings(int channels) {
      static Settings read(ConfigReader in) {
        return new Settings(in.integer("channels").atLeast(1));
      }
    }

    @Inject
    Deconvolutions {}

    @Override
    public Likelihood likelihood(double variance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DecoderNetwork build(DataSpec data, Grid latentGrid, int codeDim) {
      throw new UnsupportedOperationException();
    }
  }

  record Uniform(Settings settings) implements Prior {
    record Settings() {
      static Settings read(ConfigReader in) {
        return new Settings();
      }
    }

    @Inject
    Uniform {}

    @Override
    public PriorNetwork build(CodeSpace space, int classes) {
      throw new UnsupportedOperationException();
    }
  }

  /** The part that the fake quantizers share. */
  interface FakeQuantizer extends Quantizer {
    @Override
    default int codebookSize() {
      return 1;
    }

    @Override
    default int codeDim() {
      return 1;
    }

    @Override
    default List<Parameter> parameters() {
      return List.of();
    }

    @Override
    default Quantized quantize(INDArray latents, Phase phase) {
      throw new UnsupportedOperationException();
    }

    @Override
    default INDArray lookup(int[] codes) {
      throw new UnsupportedOperationException();
    }
  }

  record Ema(Settings settings, DeadCodePolicy deadCodes) implements FakeQuantizer {
    record Settings(int codebookSize, double commitmentCost, double decay) {
      static Settings read(ConfigReader in) {
        in.component(DeadCodePolicy.class, "dead-codes");
        return new Settings(
            in.integer("codebook-size").atLeast(2),
            in.real("commitment-cost").atLeast(0),
            in.real("decay").between(0, 1));
      }
    }

    @Inject
    Ema {}
  }

  record NearestCode(Settings settings) implements FakeQuantizer {
    record Settings(int codebookSize, double commitmentCost) {
      static Settings read(ConfigReader in) {
        return new Settings(
            in.integer("codebook-size").atLeast(2), in.real("commitment-cost").atLeast(0));
      }
    }

    @Inject
    NearestCode {}
  }

  record Residual(Settings settings, Quantizer inner) implements FakeQuantizer {
    record Settings(int depth) {
      static Settings read(ConfigReader in) {
        in.component(Quantizer.class, "inner");
        return new Settings(in.integer("depth").atLeast(1));
      }
    }

    @Inject
    Residual {}
  }
}
