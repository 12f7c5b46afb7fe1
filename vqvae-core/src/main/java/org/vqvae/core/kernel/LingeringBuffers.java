package org.vqvae.core.kernel;

import java.lang.reflect.Field;
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

  /** Each thread's own: another one may make many while this one's operation still reads. */
  private final ThreadLocal<Newest> newest = ThreadLocal.withInitial(Newest::new);

  /** The newest buffers of a thread. */
  private static final class Newest {
    private final Deallocatable[] buffers = new Deallocatable[SPARED];
    private int made;

    void add(Deallocatable buffer) {
      buffers[made] = buffer;
      made = (made + 1) % SPARED;
    }
  }

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
    newest.get().add(buffer);
  }
}
