package org.vqvae.audio.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.FileTree;

/**
 * A pattern that names of files follow, such as <code>{digit}_{speaker}_{index}.wav</code>. With
 * '/' in it, it covers as many folders above the file.
 *
 * @param text as it was written
 * @param fields the names in braces, without {@code index}
 * @param hasIndex whether {@code index}, a whole number, is among them
 */
public record NamePattern(String text, List<String> fields, boolean hasIndex) implements Naming {
  private static final String INDEX = "index";
  private static final Pattern BRACES = Pattern.compile("\\{([a-z][a-z0-9]*)}");

  /** Empty if the text names no field, or one twice, or two without anything between them. */
  public static Optional<NamePattern> parse(String text) {
    List<String> names = BRACES.matcher(text).results().map(match -> match.group(1)).toList();
    String rest = BRACES.matcher(text).replaceAll("");
    boolean sound =
        !names.isEmpty()
            && names.stream().distinct().count() == names.size()
            && !rest.matches(".*[{}].*")
            && !text.contains("}{");
    List<String> fields = names.stream().filter(name -> !name.equals(INDEX)).toList();
    return sound
        ? Optional.of(new NamePattern(text, fields, names.contains(INDEX)))
        : Optional.empty();
  }

  @Override
  public FileFields read(FileTree tree) {
    List<Matcher> matches = matches(tree);
    List<Field> found = fields.stream().map(name -> field(name, matches)).toList();
    List<int[]> values =
        matches.stream()
            .map(match -> found.stream().mapToInt(field -> label(field, match)).toArray())
            .toList();
    int[] indices =
        matches.stream()
            .mapToInt(match -> hasIndex ? Integer.parseInt(value(INDEX, match)) : -1)
            .toArray();
    return new FileFields(found, values, indices);
  }

  private List<Matcher> matches(FileTree tree) {
    Pattern pattern = regex();
    List<Matcher> matches = tree.files().stream().map(pattern::matcher).toList();
    List<String> others =
        IntStream.range(0, matches.size())
            .filter(i -> !matches.get(i).matches())
            .mapToObj(i -> tree.files().get(i))
            .toList();
    if (!others.isEmpty()) {
      throw DataException.of(
          tree.root(),
          "%d of %d names do not follow data.fields = \"%s\", such as %s"
              .formatted(others.size(), matches.size(), text, others.get(0)),
          "Set data.fields to the pattern of the names, or remove these files");
    }
    return matches;
  }

  private Pattern regex() {
    StringBuilder regex = new StringBuilder("(?:.*/)?");
    Matcher braces = BRACES.matcher(text);
    int end = 0;
    while (braces.find()) {
      regex.append(Pattern.quote(text.substring(end, braces.start())));
      String name = requireNonNull(braces.group(1));
      regex.append("(?<%s>%s)".formatted(name, name.equals(INDEX) ? "\\d{1,9}" : "[^/]+?"));
      end = braces.end();
    }
    return Pattern.compile(
        regex.append(Pattern.quote(text.substring(end))).toString(), Pattern.CASE_INSENSITIVE);
  }

  /** Numbers are in their order, other values in that of letters. */
  private static Field field(String name, List<Matcher> matches) {
    List<String> values = new ArrayList<>();
    matches.stream().map(match -> value(name, match)).distinct().sorted().forEach(values::add);
    if (values.stream().allMatch(value -> value.matches("\\d{1,9}"))) {
      values.sort(Comparator.comparingInt(Integer::parseInt));
    }
    return new Field(name, values);
  }

  private static int label(Field field, Matcher match) {
    return field.values().indexOf(value(field.name(), match));
  }

  private static String value(String name, Matcher match) {
    return requireNonNull(match.group(name), "a pattern has no optional fields");
  }
}
