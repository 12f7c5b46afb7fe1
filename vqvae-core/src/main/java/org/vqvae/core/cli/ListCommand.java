package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.Description;
import picocli.CommandLine.Command;

/** {@code vqvae list}. */
@Command(
    name = "list",
    description = "Lists all components, by role, and the experiments that come with vqvae.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    Catalog catalog = Catalog.load(ListCommand.class.getClassLoader());
    PrintStream out = System.out;
    for (String role : catalog.roles()) {
      out.println(role);
      for (String type : catalog.types(role)) {
        catalog.describe(role, type).ifPresent(description -> print(description, out));
      }
    }
    List<Path> experiments = ExperimentFiles.shipped();
    if (!experiments.isEmpty()) {
      out.println("experiments");
      experiments.forEach(
          file -> out.println("  " + file.getFileName().toString().replace(".conf", "")));
    }
    out.println("More of one: vqvae explain ROLE TYPE");
    return ExitCode.OK;
  }

  private static void print(Description description, PrintStream out) {
    String comment = description.comment().stream().findFirst().map(String::strip).orElse("");
    out.printf("  %-16s %s%n", description.type(), comment);
  }
}
