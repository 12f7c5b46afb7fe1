package org.vqvae.core.data;

import java.util.List;
import org.vqvae.core.DataSpec;

/**
 * Something that is known of every example, such as its speaker or the digit that is spoken.
 *
 * @param name such as {@code digit}
 * @param values what it can be, in the order of {@link Examples#label(Field, int)}
 */
public record Field(String name, List<String> values) {

  public Field {
    values = List.copyOf(values);
  }

  /** The only field of data that has classes and nothing else; none without classes. */
  static List<Field> classOf(DataSpec spec) {
    return spec.classes().isEmpty() ? List.of() : List.of(new Field("class", spec.classes()));
  }
}
