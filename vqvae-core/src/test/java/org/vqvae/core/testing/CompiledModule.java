package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A module of somebody else: the sources of a Maven project, compiled against the class path of
 * this process. Nothing of it is on that class path itself.
 */
public final class CompiledModule {
  private CompiledModule() {}

  /**
   * Compiles a project's sources and tests; a warning of javac is an error.
   *
   * @param project its folder
   * @param classes an empty folder for what javac writes
   * @return finds the project's classes and resources, and those of this process
   */
  public static ClassLoader of(Path project, Path classes) {
    compile(sources(project.resolve("src")), classes);
    URL[] places = {url(classes), url(project.resolve("src/main/resources"))};
    return new URLClassLoader(places, CompiledModule.class.getClassLoader());
  }

  private static List<String> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(List<String> sources, Path classes) {
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:all,-classfile,-path",
            "-Werror",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    String[] arguments = Stream.of(options, sources).flatMap(List::stream).toArray(String[]::new);
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status = ToolProvider.getSystemJavaCompiler().run(null, errors, errors, arguments);
    assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
  }

  private static URL url(Path folder) {
    try {
      return folder.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
