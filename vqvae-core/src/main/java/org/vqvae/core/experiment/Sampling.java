package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.coder.AnySizeCoder;
import org.vqvae.core.data.Example;
import org.vqvae.core.measure.GeneratedExamples;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.stage.FittedPrior;
import org.vqvae.core.stage.TrainedRun;

/** Draws examples of a run and writes them: from its prior, or from its own latents. */
final class Sampling {
  /** What is drawn at once: a quarter of an hour of speech at 22 kHz, and more. */
  private static final int MOST_VALUES = 1 << 25;

  private final TrainedRun run;
  private final ModelNetwork network;
  private final GeneratedExamples generated;

  Sampling(TrainedRun run) {
    this.run = run;
    this.network = run.autoencoder().network();
    this.generated = new GeneratedExamples(network);
  }

  List<Path> write(SampleRequest request, Path folder) {
    SampleRequest.Resolved wanted =
        request.resolve(run.settings().sampling(), network.data().grid(), run.settings().seed());
    checkSize(wanted);
    boolean fromLatents = network.codeShape().isEmpty();
    if (fromLatents && request.choosesCodes()) {
      throw new IncompatibleException(
          "--temperature and --top-k choose among codes, but this model has none: its samples are"
              + " drawn from N(0, I); leave them out");
    }
    List<Example> examples = fromLatents ? fromLatents(wanted) : fromPrior(wanted);
    String source = fromLatents ? Evidence.LATENTS : run.chosenPrior();
    return run.config()
        .files(network.data().medium())
        .writeAll(examples, folder, "%s-%d".formatted(source, wanted.seed()));
  }

  private List<Example> fromPrior(SampleRequest.Resolved wanted) {
    CodeShape shape =
        wanted.size().equals(network.data().grid())
            ? run.autoencoder().codeShape()
            : new AnySizeCoder(network).shape(wanted.size());
    if (!run.hasPrior()) {
      throw new IncompatibleException(
          "this run has no prior (prior = none), so there is nothing to draw codes from; train a"
              + " run with a prior (vqvae list)");
    }
    FittedPrior prior = run.chosen(shape);
    Condition condition =
        wanted
            .className()
            .map(name -> ofClass("prior \"%s\"".formatted(prior.name()), prior, wanted, name))
            .orElseGet(() -> generated.classes(prior.conditional(), wanted.count()));
    return generated.samples(
        prior, wanted.size(), wanted.sampling(), wanted.count(), condition, wanted.seed());
  }

  private Condition ofClass(
      String source, FittedPrior prior, SampleRequest.Resolved wanted, String name) {
    return generated.ofClass(source, prior.conditional(), wanted.count(), name);
  }

  private List<Example> fromLatents(SampleRequest.Resolved wanted) {
    Condition condition =
        wanted
            .className()
            .map(name -> generated.ofClass("the latents", false, wanted.count(), name))
            .orElseGet(() -> generated.classes(false, wanted.count()));
    return generated.drawn(wanted.size(), wanted.count(), condition, wanted.seed());
  }

  private void checkSize(SampleRequest.Resolved wanted) {
    DataSpec data = network.data();
    Grid covering =
        wanted.size().equals(data.grid())
            ? data.grid()
            : new AnySizeCoder(network).covering(wanted.size());
    double values =
        Arrays.stream(covering.sizes())
            .asDoubleStream()
            .reduce((double) wanted.count() * data.channels(), (a, b) -> a * b);
    if (wanted.count() < 1 || values > MOST_VALUES) {
      throw new IncompatibleException(
          "%d examples of size %s cannot be drawn at once: ask for 1 or more, of at most %d values (samples, or pixels times channels) in all"
              .formatted(wanted.count(), wanted.size(), MOST_VALUES));
    }
  }
}
