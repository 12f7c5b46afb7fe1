package org.vqvae.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vqvae.core.config.ConfigProblem.Kind;

/**
 * Parses a file and what it includes. Unlike with the parser's own way of including, a file that is
 * not there is a problem, and file names are meant from the folder of the file that says them.
 */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {
  private final ConfigText here;
  private final Set<ConfigText> open;
  private final Set<String> roles;
  private final Problems problems;

  /**
   * @param text is known to exist
   * @param roles the keys whose values can be written as the name of a type
   */
  Includes(ConfigText text, Set<String> roles, Problems problems) {
    this(text, Set.of(), roles, problems);
  }

  private Includes(ConfigText here, Set<ConfigText> above, Set<String> roles, Problems problems) {
    this.here = here;
    this.open = Stream.concat(above.stream(), Stream.of(here)).collect(Collectors.toSet());
    this.roles = roles;
    this.problems = problems;
  }

  /** Parses the text. One that breaks the syntax is a problem and counts as empty. */
  ConfigObject parse() {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setIncluder(this)
            .setSyntax(ConfigSyntax.CONF)
            .setAllowMissing(false)
            .setClassLoader(here.loader());
    try {
      return here.parse(options);
    } catch (ConfigException e) {
      int line = e.origin() == null ? 0 : e.origin().lineNumber();
      List<String> shown = here.line(line).map(text -> "the line: " + text).stream().toList();
      Place place = problems.place(here.origin(line));
      problems.add(ConfigProblem.of(Kind.SYNTAX, "", place, Syntax.explain(e)).withDetails(shown));
      return ConfigFactory.empty().root();
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return include(what, here.sibling(what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(what.getPath(), here.file(what.getPath()));
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return include(what, here.resource(what));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return reject(
        Kind.INCLUDE_MISSING, what.toString(), "an experiment includes files only", List.of());
  }

  private ConfigObject include(String what, ConfigText target) {
    if (open.contains(target)) {
      return reject(
          Kind.INCLUDE_CYCLE, what, "this file includes itself, if only through others", List.of());
    }
    if (!target.exists()) {
      List<String> tried = List.of("looked for: " + target.name());
      return reject(Kind.INCLUDE_MISSING, what, "no such " + target.kind(), tried);
    }
    return ShortForms.spellOut(new Includes(target, open, roles, problems).parse(), roles);
  }

  private ConfigObject reject(Kind kind, String what, String message, List<String> details) {
    Place place = problems.place(here.origin(here.lineOfInclude(what)));
    problems.add(
        ConfigProblem.of(kind, "include \"" + what + "\"", place, message).withDetails(details));
    return ConfigFactory.empty().root();
  }
}
