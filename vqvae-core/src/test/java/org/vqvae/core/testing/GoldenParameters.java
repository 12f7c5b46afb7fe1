package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vqvae.core.Conditions;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Model;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.model.NoPrior;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorPerMap;
import org.vqvae.core.plugin.Components;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.random.RandomStreams;

/**
 * The names and shapes of all parameters of an experiment, kept in a text file: a change of either
 * makes weights that were written before unreadable, so it must be seen.
 *
 * <p>A file that is not there is written where the system property {@code golden.parameters} names
 * a folder; without the property it is a failure.
 */
public final class GoldenParameters {
  private static final String FOLDER = "golden.parameters";

  private GoldenParameters() {}

  /** One line for each parameter of the model and of the prior, in their order. */
  public static List<String> of(ExperimentConfig config, DataSpec data, Kernels kernels) {
    RandomStreams streams = new RandomStreams(config.settings().seed());
    Components components = new Components(config, kernels, streams);
    Scope scope = Scope.root(streams);
    ModelNetwork network = components.get(Model.class).build(data, 1, scope);
    Prior prior = components.get(Prior.class);
    int classes = config.settings().priorTraining().classConditional() ? data.classes().size() : 0;
    List<Parameter> ofPrior =
        prior instanceof NoPrior
            ? List.of()
            : PriorPerMap.of(
                    prior,
                    network.codeShape().orElseThrow(),
                    Conditions.ofClasses(classes),
                    scope.child("prior"))
                .parameters();
    return Stream.concat(network.parameters().stream(), ofPrior.stream())
        .map(GoldenParameters::line)
        .toList();
  }

  private static String line(Parameter parameter) {
    return parameter + (parameter.isLearned() ? "" : " state");
  }

  /** Compares the lines with those of a resource beside a test class. */
  public static void check(Class<?> test, String experiment, List<String> lines) {
    String name = "parameters/" + experiment + ".txt";
    try (InputStream in = test.getResourceAsStream(name)) {
      if (in == null && System.getProperty(FOLDER) != null) {
        Path file = Path.of(System.getProperty(FOLDER)).resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
        return;
      }
      assertThat(in).as("the resource %s of %s", name, test).isNotNull();
      assertThat(lines)
          .as("parameters of %s", experiment)
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
