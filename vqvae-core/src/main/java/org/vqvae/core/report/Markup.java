package org.vqvae.core.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A page in the making that is HTML and well-formed XML at once: all text and all attributes are
 * escaped, all that was opened must be closed. Attributes are given as name, value, name, value.
 */
public final class Markup {
  private final StringBuilder page = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** {@code <name ...>}, until {@link #close}. */
  public Markup open(String name, String... attributes) {
    start(name, attributes).append('>');
    open.push(name);
    return this;
  }

  /** Closes what was opened last. */
  public Markup close() {
    page.append("</").append(open.pop()).append('>');
    return this;
  }

  /** {@code <name ...>text</name>}. */
  public Markup leaf(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  /**
   * {@code <name ... />}: for elements that never have content in HTML, such as {@code img}, and
   * for those of SVG.
   */
  public Markup empty(String name, String... attributes) {
    start(name, attributes).append(" />");
    return this;
  }

  /** Text, escaped. */
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** A line break in the source, for people who read it. */
  public Markup line() {
    page.append('\n');
    return this;
  }

  /** A style sheet; HTML does not unescape it, so it must not need escaping. */
  Markup style(String css) {
    if (css.contains("<") || css.contains("&")) {
      throw new IllegalArgumentException("a style sheet within a page must not contain < or &");
    }
    page.append("<style>").append(css).append("</style>");
    return this;
  }

  /** The page. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return page.toString();
  }

  private StringBuilder start(String name, String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException(
          "attributes of " + name + " must be pairs of name and value");
    }
    page.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      page.append('"');
    }
    return page;
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '&' -> page.append("&amp;");
                case '"' -> page.append("&quot;");
                default -> page.appendCodePoint(allowed(c) ? c : 0xFFFD);
              }
            });
  }

  /**
   * What XML 1.0 allows in text: no control characters but tab and line breaks, no halves of
   * surrogate pairs.
   */
  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c != 0xFFFE && c != 0xFFFF);
  }
}
