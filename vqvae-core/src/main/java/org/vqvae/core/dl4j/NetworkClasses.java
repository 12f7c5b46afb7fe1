package org.vqvae.core.dl4j;

import java.util.Set;

/**
 * Classes of one's own, such as a layer, that a saved network may name. Found by {@link
 * java.util.ServiceLoader}: name the implementation in {@code
 * META-INF/services/org.vqvae.core.dl4j.NetworkClasses}.
 */
public interface NetworkClasses {

  /** The classes; a network that names any other one, DL4J's and ND4J's aside, is refused. */
  Set<Class<?>> classes();
}
