package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class LingeringBuffersTest {

  @BeforeEach
  void given_a_started_backend() {
    Backend.start();
  }

  @Test
  void it_is_there_once() {
    Object service = Nd4j.getDeallocatorService();
    Backend.start();
    assertThat(service).isInstanceOf(LingeringBuffers.class);
    assertThat(Nd4j.getDeallocatorService()).isSameAs(service);
  }

  @Test
  void a_new_buffer_survives_a_collection_that_comes_while_it_is_read() {
    // GIVEN a buffer that nobody refers to
    WeakReference<DataBuffer> buffer = forgotten();

    // WHEN there is a collection, THEN it is still there
    System.gc();
    assertThat(buffer.get()).isNotNull();
  }

  @Test
  void a_new_buffer_survives_what_other_threads_make_meanwhile() throws InterruptedException {
    // GIVEN a buffer of a thread that is put aside
    CountDownLatch made = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<WeakReference<DataBuffer>> buffer = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              buffer.set(forgotten());
              made.countDown();
              awaitUninterruptibly(goOn);
            });
    worker.start();
    made.await();

    // WHEN another one makes many, and there is a collection
    for (int i = 0; i < 1000; i++) {
      forgotten();
    }
    System.gc();

    // THEN it is still there
    assertThat(buffer.get().get()).isNotNull();
    goOn.countDown();
    worker.join();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_buffer_is_freed_when_many_were_made_since() throws InterruptedException {
    // GIVEN
    WeakReference<DataBuffer> buffer = forgotten();

    // WHEN
    for (int i = 0; i < 1000; i++) {
      forgotten();
    }

    // THEN
    for (int i = 0; i < 100 && buffer.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(buffer.get()).isNull();
  }

  private static WeakReference<DataBuffer> forgotten() {
    return new WeakReference<>(Nd4j.create(DataType.FLOAT, 8).data());
  }
}
