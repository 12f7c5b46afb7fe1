package org.vqvae.core.plugin;

import java.util.function.Function;
import org.vqvae.core.config.ConfigReader;

/**
 * Something that config can choose.
 *
 * @param role the interface that it implements
 * @param type its name in config, unique in its role
 * @param module which module offers it
 * @param implementation has one constructor with {@code @Inject}
 * @param settings the class of its settings
 * @param reader reads its settings
 */
public record Component<T, S>(
    Class<T> role,
    String type,
    String module,
    Class<? extends T> implementation,
    Class<S> settings,
    Function<ConfigReader, S> reader) {}
