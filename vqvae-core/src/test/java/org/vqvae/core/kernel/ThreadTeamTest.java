package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

@Timeout(60)
class ThreadTeamTest {
  private final NativeOps openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();
  private final ThreadTeam team = new ThreadTeam(Collections.nCopies(3, new NativeKernels()));

  @AfterEach
  void close() {
    team.close();
  }

  @Test
  void every_member_does_its_part_on_a_thread_of_its_own() {
    // Given
    Map<Integer, Thread> threads = new ConcurrentHashMap<>();
    // When
    team.run((member, progress) -> threads.put(member, Thread.currentThread()));
    // Then the caller's is the first
    assertThat(threads).containsOnlyKeys(0, 1, 2).containsEntry(0, Thread.currentThread());
    assertThat(threads.values()).doesNotHaveDuplicates();
  }

  @Test
  void a_member_keeps_its_thread_from_run_to_run() {
    // Given
    Map<Integer, Thread> threads = new ConcurrentHashMap<>();
    team.run((member, progress) -> threads.put(member, Thread.currentThread()));
    // When, then
    for (int run = 0; run < 50; run++) {
      team.run(
          (member, progress) -> assertThat(Thread.currentThread()).isSameAs(threads.get(member)));
    }
  }

  @Test
  void a_closed_team_says_so() {
    team.close();
    assertThatThrownBy(() -> team.run((member, progress) -> {}))
        .hasMessage("these kernels are closed");
  }

  @Test
  void open_mp_has_one_thread_for_each_member_and_all_of_them_again_for_the_caller() {
    // Given
    int before = openMp.ompGetMaxThreads();
    Map<Integer, Integer> threads = new ConcurrentHashMap<>();
    // When
    team.run((member, progress) -> threads.put(member, openMp.ompGetMaxThreads()));
    // Then
    assertThat(threads).containsExactlyInAnyOrderEntriesOf(Map.of(0, 1, 1, 1, 2, 1));
    assertThat(openMp.ompGetMaxThreads()).isEqualTo(before);
  }

  @Test
  void who_waits_reads_what_was_written_before() {
    // Given a sum that goes from member to member, thousand times around
    int[] sum = {0};
    // When
    team.run(
        (member, progress) -> {
          for (int round = 1; round <= 1000; round++) {
            progress.await(0, member, round);
            progress.await(member + 1, 3, round - 1);
            sum[0]++;
            progress.done(member, round);
          }
        });
    // Then no addition was lost
    assertThat(sum[0]).isEqualTo(3000);
  }

  @Test
  void a_wait_may_be_long() {
    // Given a member that takes longer than others spin
    int[] written = {0};
    // When
    team.run(
        (member, progress) -> {
          if (member == 1) {
            sleep(Duration.ofMillis(50));
            written[0] = 7;
            progress.done(1, 1);
          } else {
            progress.await(1, 2, 1);
            assertThat(written[0]).isEqualTo(7);
          }
        });
  }

  @Test
  void what_a_member_throws_ends_the_others_waits_and_is_thrown() {
    // Given
    int before = openMp.ompGetMaxThreads();
    IllegalArgumentException failure = new IllegalArgumentException("no such row");
    // When, then
    assertThatThrownBy(
            () ->
                team.run(
                    (member, progress) -> {
                      if (member == 2) {
                        throw failure;
                      }
                      progress.await(2, 3, 1);
                    }))
        .isSameAs(failure);
    // And the team is as good as before
    assertThat(openMp.ompGetMaxThreads()).isEqualTo(before);
    team.run((member, progress) -> progress.done(member, 1));
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
