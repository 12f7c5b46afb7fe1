package org.vqvae.core.plugin;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Model;
import org.vqvae.core.Optimizer;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Quantizer;
import org.vqvae.core.RateSchedule;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Parts;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;

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
    registerWhatCoreLacks(catalog);
    catalog.add(Model.class, "flat", Flat.class, Flat.Settings.class, Flat.Settings::read);
    catalog.add(Optimizer.class, "adam", Adam.class, Adam.Settings.class, Adam.Settings::read);
    catalog.add(Optimizer.class, "sgd", Sgd.class, Sgd.Settings.class, in -> new Sgd.Settings());
    catalog.add(
        RateSchedule.class,
        "constant",
        Constant.class,
        Constant.Settings.class,
        in -> new Constant.Settings());
  }

  /** Adds the components of those roles of which core has none itself, and a model. */
  static void registerWhatCoreLacks(Catalog.Builder catalog) {
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
    catalog.add(Bottleneck.class, "ema", Ema.class, Ema.Settings.class, Ema.Settings::read);
    catalog.add(
        Bottleneck.class,
        "nearest",
        NearestCode.class,
        NearestCode.Settings.class,
        NearestCode.Settings::read);
    catalog.add(
        Bottleneck.class,
        "residual",
        Residual.class,
        Residual.Settings.class,
        Residual.Settings::read);
    catalog.add(
        Bottleneck.class, "levels", Levels.class, Levels.Settings.class, Levels.Settings::read);
    catalog.add(
        Decoder.class,
        "residual-conv",
        Deconvolutions.class,
        Deconvolutions.Settings.class,
        Deconvolutions.Settings::read);
    catalog.add(
        Prior.class, "uniform", Uniform.class, Uniform.Settings.class, Uniform.Settings::read);
    catalog.add(Model.class, "mirror", Mirror.class, Mirror.Settings.class, Mirror.Settings::read);
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

  /**
   * A part that draws.
   *
   * @param place where it stands
   */
  record Restart(Settings settings, String place) implements DeadCodePolicy {
    record Settings(double threshold) {
      static Settings read(ConfigReader in) {
        return new Settings(in.real("threshold").greaterThan(0));
      }
    }

    @Inject
    Restart(Settings settings, Scope scope) {
      this(settings, scope.toString());
    }
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
    public Block build(DataSpec data, int latentDim, Scope scope) {
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
    public Likelihood likelihood(double dataVariance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }

  record Uniform(Settings settings, String place) implements Prior {
    record Settings() {
      static Settings read(ConfigReader in) {
        return new Settings();
      }
    }

    @Inject
    Uniform(Settings settings, Scope scope) {
      this(settings, scope.toString());
    }

    @Override
    public PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }

  /** The wiring of every experiment that does not choose another one. */
  record Flat(Settings settings, Encoder encoder, Bottleneck bottleneck, Decoder decoder)
      implements FakeModel {
    record Settings(double latentWeight) {
      static Settings read(ConfigReader in) {
        return new Settings(in.real("latent-weight").atLeast(0));
      }
    }

    @Inject
    Flat {}
  }

  /** A wiring with encoders of its own. */
  record Mirror(List<Encoder> encoders) implements FakeModel {
    record Settings(List<Chosen<Encoder>> encoders) {
      static Settings read(ConfigReader in) {
        return new Settings(in.components(Encoder.class, "encoders"));
      }
    }

    @Inject
    Mirror(Settings settings, Parts parts) {
      this(parts.all(settings.encoders()));
    }
  }

  /** The part that the fake models share. */
  interface FakeModel extends Model {
    @Override
    default ModelNetwork build(DataSpec data, double dataVariance, Scope scope) {
      throw new UnsupportedOperationException();
    }
  }

  record Adam(Settings settings, String place) implements FakeOptimizer {
    record Settings(double beta1, double beta2) {
      static Settings read(ConfigReader in) {
        return new Settings(in.real("beta1").between(0, 1), in.real("beta2").between(0, 1));
      }
    }

    @Inject
    Adam(Settings settings, Scope scope) {
      this(settings, scope.toString());
    }
  }

  record Sgd(Settings settings) implements FakeOptimizer {
    record Settings() {}

    @Inject
    Sgd {}
  }

  /** The part that the fake optimizers share. */
  interface FakeOptimizer extends Optimizer {
    @Override
    default long stateLength(long parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    default Rule start(INDArray state, LongToDoubleFunction rate) {
      throw new UnsupportedOperationException();
    }
  }

  record Constant(Settings settings) implements RateSchedule {
    record Settings() {}

    @Inject
    Constant {}

    @Override
    public LongToDoubleFunction over(long steps) {
      return step -> 1;
    }
  }

  /** The part that the fake quantizers share. */
  interface FakeQuantizer extends Quantizer {
    @Override
    default List<Integer> codebookSizes() {
      return List.of(1);
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
    default Bottled apply(INDArray latents, Phase phase) {
      throw new UnsupportedOperationException();
    }

    @Override
    default INDArray lookup(int[] codes, int depth) {
      throw new UnsupportedOperationException();
    }
  }

  record Ema(Settings settings, DeadCodePolicy deadCodes) implements FakeQuantizer {
    record Settings(
        Chosen<DeadCodePolicy> deadCodes, int codebookSize, double commitmentCost, double decay) {
      static Settings read(ConfigReader in) {
        return new Settings(
            in.component(DeadCodePolicy.class, "dead-codes"),
            in.integer("codebook-size").atLeast(2),
            in.real("commitment-cost").atLeast(0),
            in.real("decay").between(0, 1));
      }
    }

    @Inject
    Ema(Settings settings, Parts parts) {
      this(settings, parts.get(settings.deadCodes()));
    }
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

  record Residual(Settings settings, Bottleneck inner) implements FakeQuantizer {
    record Settings(Chosen<Bottleneck> inner, int depth) {
      static Settings read(ConfigReader in) {
        return new Settings(
            in.component(Bottleneck.class, "inner"), in.integer("depth").atLeast(1));
      }
    }

    @Inject
    Residual(Settings settings, Parts parts) {
      this(settings, parts.get(settings.inner()));
    }
  }

  /** Several parts of one role, in two settings. */
  record Levels(Bottleneck first, List<Bottleneck> levels) implements FakeQuantizer {
    record Settings(Chosen<Bottleneck> first, List<Chosen<Bottleneck>> levels) {
      static Settings read(ConfigReader in) {
        Settings settings =
            new Settings(
                in.component(Bottleneck.class, "first"), in.components(Bottleneck.class, "levels"));
        if (settings.levels.isEmpty()) {
          in.problem("levels", "must have one level at least");
        }
        return settings;
      }
    }

    @Inject
    Levels(Settings settings, Parts parts) {
      this(parts.get(settings.first()), parts.all(settings.levels()));
    }
  }
}
