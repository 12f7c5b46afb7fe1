package org.vqvae.core.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.vqvae.core.experiment.Experiment;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.training.StopSignal;
import org.vqvae.core.training.StoppedException;

/** A command that works on a run and can be stopped. */
abstract class RunningCommand implements Callable<Integer> {

  /** How to get at the run. */
  abstract RunOpener opener();

  /** Does the work. */
  abstract void work(Experiment experiment, PrintStream out);

  @Override
  public final Integer call() {
    return StopOnExit.run(stop -> work(stop, System.out));
  }

  private int work(StopSignal stop, PrintStream out) {
    try (RunSession session = opener().open(out, stop)) {
      return work(session, out);
    }
  }

  private int work(RunSession session, PrintStream out) {
    Experiment experiment = session.experiment();
    try {
      work(experiment, out);
      return ExitCode.OK;
    } catch (StoppedException e) {
      out.printf(
          "%s; go on with: vqvae run %s --out %s --resume%n",
          e.getMessage(), experiment.folder().config(), experiment.folder().path());
      return ExitCode.STOPPED;
    }
  }
}
