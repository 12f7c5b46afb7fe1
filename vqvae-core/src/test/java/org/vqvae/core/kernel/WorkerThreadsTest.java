package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.nativeblas.NativeOpsHolder;

@Timeout(60)
class WorkerThreadsTest {
  private final Workers workers = new WorkerThreads(3, NativeKernels::new);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void every_part_is_done_once_by_a_worker_that_keeps_its_thread() {
    Map<Integer, Thread> threads = new ConcurrentHashMap<>(Map.of(0, Thread.currentThread()));
    for (int run = 0; run < 50; run++) {
      // Given
      int[] done = new int[20];
      // When
      workers.run(
          done.length,
          (part, worker, progress) -> {
            done[part]++;
            Thread known = threads.putIfAbsent(worker, Thread.currentThread());
            assertThat(known).isIn(null, Thread.currentThread());
          });
      // Then
      assertThat(done).containsOnly(1);
    }
    assertThat(threads.keySet()).isSubsetOf(0, 1, 2);
    assertThat(threads.values()).doesNotHaveDuplicates();
  }

  @Test
  void parts_are_done_at_the_same_time() {
    // Given parts that end when all three have begun
    CountDownLatch begun = new CountDownLatch(3);
    Set<Integer> workersSeen = ConcurrentHashMap.newKeySet();
    // When
    workers.run(
        3,
        (part, worker, progress) -> {
          begun.countDown();
          await(begun);
          workersSeen.add(worker);
        });
    // Then
    assertThat(workersSeen).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void a_worker_that_is_held_up_is_helped() {
    // Given a worker that is busy until all other parts are done
    CountDownLatch others = new CountDownLatch(9);
    // When
    workers.run(
        10,
        (part, worker, progress) -> {
          if (part == 0) {
            await(others);
          } else {
            others.countDown();
          }
        });
    // Then
    assertThat(others.getCount()).isZero();
  }

  @Test
  void a_run_within_a_part_is_done_by_its_worker_in_order() {
    // Given
    int[][] order = new int[3][4];
    // When
    workers.run(
        3,
        (part, worker, progress) -> {
          int[] next = {0};
          workers
              .kernels(worker)
              .workers()
              .run(4, (inner, same, inside) -> order[part][next[0]++] = inner + 1);
        });
    // Then
    assertThat(List.of(order)).allSatisfy(one -> assertThat(one).containsExactly(1, 2, 3, 4));
  }

  @Test
  void a_run_of_the_same_workers_within_a_part_is_done_by_the_worker_of_that_part() {
    // Given parts that begin together
    int[][] inner = new int[3][];
    CountDownLatch begun = new CountDownLatch(3);
    // When each runs parts of its own
    workers.run(
        3,
        (part, worker, progress) -> {
          begun.countDown();
          await(begun);
          inner[worker] = new int[] {-1, -1};
          workers.run(2, (i, same, inside) -> inner[worker][i] = same);
        });
    // Then
    for (int worker = 0; worker < 3; worker++) {
      assertThat(inner[worker]).containsOnly(worker);
    }
  }

  @Test
  void workers_are_not_closed_by_one_of_their_threads() {
    CountDownLatch begun = new CountDownLatch(3);
    assertThatThrownBy(
            () ->
                workers.run(
                    3,
                    (part, worker, progress) -> {
                      begun.countDown();
                      await(begun);
                      if (worker > 0) {
                        workers.close();
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("workers are closed between their runs, not within a part");
  }

  @Test
  void a_negative_number_of_parts_or_no_worker_is_refused() {
    assertThatThrownBy(() -> workers.run(-1, (part, worker, progress) -> {}))
        .hasMessage("parts: expected at least 0 but was -1");
    assertThatThrownBy(
            () -> new KernelsFactory(Backend.start()).workers("native", DataType.FLOAT, 0))
        .hasMessage("threads: expected at least 1 but was 0");
  }

  @Test
  void the_first_worker_s_kernels_share_out_their_work() {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch begun = new CountDownLatch(3);
    workers
        .kernels(0)
        .workers()
        .run(
            3,
            (part, worker, progress) -> {
              begun.countDown();
              await(begun);
              seen.add(worker);
            });
    assertThat(seen).hasSize(3);
  }

  @Test
  void closed_workers_say_so() {
    workers.close();
    assertThatThrownBy(() -> workers.run(2, (part, worker, progress) -> {}))
        .hasMessage("these kernels are closed");
  }

  @Test
  void open_mp_has_one_thread_for_each_worker() {
    int[] threads = new int[12];
    workers.run(
        threads.length,
        (part, worker, progress) ->
            threads[part] = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
    assertThat(threads).containsOnly(1);
  }

  @Test
  void who_waits_reads_what_was_written_before() {
    // Given parts each of which adds to what all before it have written, thousand times
    int[] sums = new int[6];
    // When
    workers.run(
        sums.length,
        (part, worker, progress) -> {
          for (int round = 1; round <= 1000; round++) {
            progress.await(0, part, round);
            sums[part] = 1 + (int) Arrays.stream(sums, 0, part).filter(sum -> sum > 0).count();
            progress.done(part, round);
          }
        });
    // Then
    assertThat(sums).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void a_wait_may_be_long() {
    // Given a part that takes longer than others spin
    int[] written = {0};
    // When
    workers.run(
        2,
        (part, worker, progress) -> {
          if (part == 0) {
            sleep(Duration.ofMillis(50));
            written[0] = 7;
            progress.done(0, 1);
          } else {
            progress.await(0, 1, 1);
            assertThat(written[0]).isEqualTo(7);
          }
        });
  }

  @Test
  void what_a_part_throws_ends_the_others_waits_and_is_thrown() {
    // Given
    IllegalArgumentException failure = new IllegalArgumentException("no such row");
    // When, then
    assertThatThrownBy(
            () ->
                workers.run(
                    9,
                    (part, worker, progress) -> {
                      if (part == 1) {
                        throw failure;
                      }
                      progress.await(0, part, part > 1 ? 1 : 0);
                      progress.done(part, 1);
                    }))
        .isSameAs(failure);
    // And the workers are as good as before
    int[] done = new int[9];
    workers.run(9, (part, worker, progress) -> done[part]++);
    assertThat(done).containsOnly(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
