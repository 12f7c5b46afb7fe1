package org.vqvae.core.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text to parse: a file, or a resource that a module brings along.
 *
 * @param name the file's path or the resource's name
 * @param loader finds resources
 */
record ConfigText(String name, boolean isFile, ClassLoader loader) {

  static ConfigText of(Path file, ClassLoader loader) {
    return new ConfigText(file.toString(), true, loader);
  }

  /** What this text means by a name: a text of its own kind, from its own folder. */
  ConfigText sibling(String other) {
    Path beside = Path.of(name).resolveSibling(other).normalize();
    return isFile
        ? new ConfigText(beside.toString(), true, loader)
        : new ConfigText(beside.toString().replace('\\', '/'), false, loader);
  }

  /** A file, from this file's folder. */
  ConfigText file(String other) {
    return isFile ? sibling(other) : new ConfigText(other, true, loader);
  }

  ConfigText resource(String other) {
    return new ConfigText(other, false, loader);
  }

  String kind() {
    return isFile ? "file" : "resource on the class path";
  }

  boolean exists() {
    return isFile ? Files.isRegularFile(Path.of(name)) : loader.getResource(name) != null;
  }

  ConfigObject parse(ConfigParseOptions options) {
    return isFile
        ? ConfigFactory.parseFile(Path.of(name).toFile(), options).root()
        : ConfigFactory.parseResources(name, options).root();
  }

  ConfigOrigin origin(int line) {
    URL resource = isFile ? null : loader.getResource(name);
    ConfigOrigin origin =
        resource == null ? ConfigOriginFactory.newFile(name) : ConfigOriginFactory.newURL(resource);
    return line > 0 ? origin.withLineNumber(line) : origin;
  }

  /** A line by its number, counted from 1. */
  Optional<String> line(int number) {
    List<String> lines = lines();
    return number < 1 || number > lines.size()
        ? Optional.empty()
        : Optional.of(lines.get(number - 1).strip());
  }

  /** The number of the line that includes another text, 0 if none does. */
  int lineOfInclude(String what) {
    Pattern statement = Pattern.compile("\\binclude\\b.*" + Pattern.quote(what));
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (statement.matcher(lines.get(i)).find()) {
        return i + 1;
      }
    }
    return 0;
  }

  private List<String> lines() {
    try (InputStream in =
        isFile ? Files.newInputStream(Path.of(name)) : loader.getResource(name).openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
