package org.vqvae.core.kernel;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * The native objects that one owner keeps until it is closed. What else is made in the {@link
 * org.bytedeco.javacpp.PointerScope} around the owner's construction is freed with that scope.
 */
final class Resources implements AutoCloseable {
  private final List<Pointer> kept = new ArrayList<>();

  <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    kept.add(pointer);
    return pointer;
  }

  /** Frees everything; does nothing the second time. */
  @Override
  public void close() {
    for (int i = kept.size() - 1; i >= 0; i--) {
      kept.get(i).deallocate();
    }
    kept.clear();
  }
}
