package org.vqvae.core.dl4j;

import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/** The classes that a saved network may name: those of DL4J and ND4J, and registered ones. */
final class AllowedClasses {
  /** Without {@code org.nd4j.shade}, which holds libraries of others. */
  private static final String OWN = "org\\.(deeplearning4j|nd4j(?!\\.shade\\.))\\.[\\w.$]+";

  private final Pattern names;

  private AllowedClasses(Pattern names) {
    this.names = names;
  }

  static AllowedClasses load() {
    String registered =
        ServiceLoader.load(NetworkClasses.class).stream()
            .flatMap(provider -> provider.get().classes().stream())
            .map(type -> "|" + Pattern.quote(type.getName()))
            .collect(Collectors.joining());
    return new AllowedClasses(Pattern.compile(OWN + registered));
  }

  boolean allows(String className) {
    return names.matcher(className).matches();
  }

  /** Makes Jackson ask before it loads a class. */
  PolymorphicTypeValidator validator() {
    return new Validator(names);
  }

  private static final class Validator extends PolymorphicTypeValidator.Base {
    private static final long serialVersionUID = 1L;

    private final Pattern names;

    Validator(Pattern names) {
      this.names = names;
    }

    @Override
    public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
      return names.matcher(name).matches() ? Validity.ALLOWED : Validity.DENIED;
    }
  }
}
