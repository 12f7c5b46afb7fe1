package org.vqvae.core.cli;

import java.util.Map;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.data.DataException;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.training.DivergedException;
import org.vqvae.core.training.StoppedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a person what went wrong: one message without a stack trace, but for faults of this
 * program.
 */
final class Failures implements IExecutionExceptionHandler {
  private static final Map<Class<?>, Integer> CODES =
      Map.of(
          ConfigException.class, ExitCode.USAGE,
          IncompatibleException.class, ExitCode.USAGE,
          DataException.class, ExitCode.DATA,
          StoreException.class, ExitCode.STORE,
          DivergedException.class, ExitCode.DIVERGED,
          StoppedException.class, ExitCode.STOPPED);

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    Integer code = CODES.get(failure.getClass());
    if (code != null) {
      line.getErr().println(failure.getMessage());
      return code;
    }
    line.getErr().println("vqvae failed in a way it should not; please report this:");
    failure.printStackTrace(line.getErr());
    return ExitCode.INTERNAL;
  }
}
