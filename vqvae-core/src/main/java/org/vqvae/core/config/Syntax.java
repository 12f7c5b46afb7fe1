package org.vqvae.core.config;

import com.typesafe.config.ConfigException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the parser's complaints short. */
final class Syntax {
  /** The parser says "got wrong token: 'x' (reason)" where the reason alone tells all. */
  private static final Pattern REASON = Pattern.compile("got wrong token: '.*?' \\((.*?)\\)(?= \\(if|$)");

  private Syntax() {}

  static String explain(ConfigException failure) {
    String message = withoutOrigin(failure);
    Matcher reason = REASON.matcher(message);
    String brief = reason.find() ? reason.group(1) : message.replaceFirst(" \\(if you .*", "");
    return Character.toLowerCase(brief.charAt(0)) + brief.substring(1).replaceFirst("\\.$", "");
  }

  /** The message without the "file: line: " in front, which is said in another way. */
  private static String withoutOrigin(ConfigException failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    String prefix = failure.origin() == null ? "" : failure.origin().description() + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }
}
