package org.vqvae.core.config;

import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says the parser's complaints in the words of a person who writes experiments. */
final class Syntax {

  private record Phrase(Pattern parser, String ours) {
    static Phrase of(String parser, String ours) {
      return new Phrase(Pattern.compile(parser), ours);
    }
  }

  /** Tried in this order; the first that matches the beginning of a complaint says it all. */
  private static final List<Phrase> PHRASES =
      List.of(
          Phrase.of(
              "Key '(.*?)' may not be followed by token: (.*)",
              "\"$1\" must be followed by '=' and a value, or by '{', not by $2"),
          Phrase.of(
              "expecting a close parentheses '\\)' here, not: (.*)",
              "expected a name, '}' or ')' but found $1"),
          Phrase.of(
              ".*got wrong token: '.*?' \\(JSON does not allow unescaped newline.*",
              "a quoted text must end on its line"),
          Phrase.of(
              ".*got wrong token: '.*?' \\(End of input but string quote was still open.*",
              "a quoted text is not closed"),
          Phrase.of(".*got wrong token: '.*?' \\((.*?)\\)$", "$1"),
          Phrase.of("Expecting a value but got wrong token: (.*)", "expected a value but found $1"),
          Phrase.of(
              "List should have ended with ] or had a comma, instead had token: (.*)",
              "a list must go on with ',' or end with ']', but found $1"),
          Phrase.of(
              "Cannot concatenate object or list .*",
              "a section or a list cannot be joined with a text"),
          Phrase.of("Expecting (.*), got (.*)", "expected $1, but found $2"));

  private Syntax() {}

  static String explain(ConfigException failure) {
    String complaint = withoutOrigin(failure).replaceFirst(" \\(if you .*", "");
    for (Phrase phrase : PHRASES) {
      Matcher matcher = phrase.parser().matcher(complaint);
      if (matcher.matches()) {
        return matcher.replaceFirst(phrase.ours());
      }
    }
    return complaint.replaceFirst("\\.$", "");
  }

  /** The message without the "file: line: " in front, which is said in another way. */
  private static String withoutOrigin(ConfigException failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    String prefix = failure.origin() == null ? "" : failure.origin().description() + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }
}
