package org.vqvae.core.kernel;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.nd4j.linalg.api.memory.Deallocatable;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's service that frees buffers nobody refers to, made to spare the newest ones.
 *
 * <p>ND4J 1.0.0-M2.1 takes the address of an operation's arrays, and from then on no longer refers
 * to those that are this operation's alone: its dimensions, a scalar, a view that was made for it.
 * A garbage collection at that moment frees them while native code reads them, and the process
 * dies: seldom, but long runs meet it.
 */
final class LingeringBuffers extends DeallocatorService {

  /** Many times what one operation makes, and few enough to hold little memory. */
  private static final int SPARED = 128;

  private final AtomicReferenceArray<Deallocatable> newest = new AtomicReferenceArray<>(SPARED);
  private final AtomicLong made = new AtomicLong();

  private LingeringBuffers() {}

  /** Puts it in the place of ND4J's own; does nothing the second time. */
  static synchronized void install() {
    try {
      Field service = Nd4j.class.getDeclaredField("deallocatorService");
      service.setAccessible(true);
      if (!(service.get(null) instanceof LingeringBuffers)) {
        service.set(null, new LingeringBuffers());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not ND4J 1.0.0-M2.1", e);
    }
  }

  @Override
  public void pickObject(Deallocatable buffer) {
    super.pickObject(buffer);
    newest.set((int) (made.getAndIncrement() % SPARED), buffer);
  }
}
