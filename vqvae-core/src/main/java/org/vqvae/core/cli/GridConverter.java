package org.vqvae.core.cli;

import java.util.stream.Stream;
import org.vqvae.core.Grid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the size of an example, such as {@code 16000} or {@code 32x48}. */
final class GridConverter implements ITypeConverter<Grid> {

  @Override
  public Grid convert(String text) {
    if (!text.matches("[1-9][0-9]{0,8}(x[1-9][0-9]{0,8})*")) {
      throw new TypeConversionException(
          "\"%s\" is no size; give one of at most 9 digits, such as 16000 for sound, or 32x48 for pictures"
              .formatted(text));
    }
    return new Grid(Stream.of(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }
}
