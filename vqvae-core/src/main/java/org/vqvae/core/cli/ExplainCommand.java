package org.vqvae.core.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.Setting;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Description;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vqvae explain}. */
@Command(
    name = "explain",
    description = "Says what a component is, its settings with their defaults, and its paper.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "ROLE",
      description = "Such as quantizer; \"experiment\" for the settings beside the components.")
  private String role = "";

  @Parameters(index = "1", paramLabel = "TYPE", arity = "0..1", description = "Such as ema.")
  private String type = "";

  @Override
  public Integer call() {
    Catalog catalog = Catalog.load(ExplainCommand.class.getClassLoader());
    if (role.equals("experiment")) {
      print(catalog.describeExperiment(), System.out);
      return ExitCode.OK;
    }
    print(find(catalog), System.out);
    return ExitCode.OK;
  }

  private Description find(Catalog catalog) {
    if (!catalog.roles().contains(role)) {
      throw new IncompatibleException(
          "no such role: \"%s\"; there are: experiment, %s"
              .formatted(role, String.join(", ", catalog.roles())));
    }
    return catalog
        .describe(role, type)
        .orElseThrow(
            () ->
                new IncompatibleException(
                    "no such %s: \"%s\"; there are: %s"
                        .formatted(role, type, String.join(", ", catalog.types(role)))));
  }

  private static void print(Description description, PrintStream out) {
    out.printf(
        "%s \"%s\" (from %s)%n", description.role(), description.type(), description.module());
    description.comment().forEach(line -> out.println("  " + line.strip()));
    out.println();
    print(description.settings(), out);
  }

  private static void print(List<Setting> settings, PrintStream out) {
    for (Setting setting : settings) {
      String initial = setting.initial().map(value -> " = " + value).orElse(" (required)");
      out.printf("%s%s    %s%n", setting.key(), initial, setting.allowed());
      setting.comment().forEach(line -> out.println("    " + line.strip()));
    }
  }
}
