package org.vqvae.core.plugin;

import java.util.function.Function;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Model;
import org.vqvae.core.Optimizer;
import org.vqvae.core.Prior;
import org.vqvae.core.RateSchedule;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.dl4j.Dl4jDecoder;
import org.vqvae.core.dl4j.Dl4jEncoder;
import org.vqvae.core.model.FlatModel;
import org.vqvae.core.model.HierarchicalModel;
import org.vqvae.core.model.NoPrior;
import org.vqvae.core.training.Nd4jOptimizer;
import org.vqvae.core.training.Schedules;

/** Offers what every experiment can do without another module: wiring, optimizers, schedules. */
public final class CorePlugin implements VqvaePlugin {

  @Override
  public String module() {
    return "vqvae-core";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog.add(
        Model.class, "flat", FlatModel.class, FlatModel.Settings.class, FlatModel.Settings::read);
    catalog.add(
        Model.class,
        "hierarchical",
        HierarchicalModel.class,
        HierarchicalModel.Settings.class,
        HierarchicalModel.Settings::read);
    catalog.add(Prior.class, "none", NoPrior.class, NoPrior.Settings.class, NoPrior.Settings::read);
    catalog.add(
        Encoder.class,
        "dl4j",
        Dl4jEncoder.class,
        Dl4jEncoder.Settings.class,
        Dl4jEncoder.Settings::read);
    catalog.add(
        Decoder.class,
        "dl4j",
        Dl4jDecoder.class,
        Dl4jDecoder.Settings.class,
        Dl4jDecoder.Settings::read);
    optimizer(catalog, "adam", Nd4jOptimizer.Settings::readAdam);
    optimizer(catalog, "adamax", Nd4jOptimizer.Settings::readAdaMax);
    optimizer(catalog, "amsgrad", Nd4jOptimizer.Settings::readAmsGrad);
    optimizer(catalog, "nadam", Nd4jOptimizer.Settings::readNadam);
    optimizer(catalog, "nesterovs", Nd4jOptimizer.Settings::readNesterovs);
    optimizer(catalog, "rmsprop", Nd4jOptimizer.Settings::readRmsProp);
    optimizer(catalog, "adagrad", Nd4jOptimizer.Settings::readAdaGrad);
    optimizer(catalog, "sgd", Nd4jOptimizer.Settings::readSgd);
    schedules(catalog);
  }

  private static void optimizer(
      Catalog.Builder catalog, String type, Function<ConfigReader, Nd4jOptimizer.Settings> reader) {
    catalog.add(Optimizer.class, type, Nd4jOptimizer.class, Nd4jOptimizer.Settings.class, reader);
  }

  private static void schedules(Catalog.Builder catalog) {
    catalog.add(
        RateSchedule.class,
        "constant",
        Schedules.Constant.class,
        Schedules.Constant.Settings.class,
        Schedules.Constant.Settings::read);
    catalog.add(
        RateSchedule.class,
        "warm-up",
        Schedules.WarmUp.class,
        Schedules.WarmUp.Settings.class,
        Schedules.WarmUp.Settings::read);
    catalog.add(
        RateSchedule.class,
        "cosine",
        Schedules.Cosine.class,
        Schedules.Cosine.Settings.class,
        Schedules.Cosine.Settings::read);
  }
}
