package org.vqvae.core.cli;

import java.io.PrintStream;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.training.StopSignal;

/** How a command gets at its run. */
interface RunOpener {

  RunSession open(PrintStream messages, StopSignal stop);
}
