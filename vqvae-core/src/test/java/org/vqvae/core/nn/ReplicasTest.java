package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.Workers;

class ReplicasTest {
  private final Workers workers =
      new KernelsFactory(Backend.start()).workers("native", DataType.FLOAT, 3);
  private final Replicas<Weight> replicas = Replicas.of(workers, Weight::new);

  /** A network of one parameter. */
  private record Weight(int worker, Parameter value) implements Parameterized {
    Weight(int worker) {
      this(worker, Parameter.learned("w", Initializers.constant(2), 1));
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(value);
    }
  }

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void each_worker_has_a_network_that_shares_the_values_and_has_its_own_gradients() {
    // Given
    replicas.vector().values().assign(7);
    CountDownLatch begun = new CountDownLatch(3);
    Set<Weight> networks = ConcurrentHashMap.newKeySet();
    // When
    List<Float> values =
        replicas.map(
            3,
            (replica, part) -> {
              begun.countDown();
              await(begun);
              networks.add(replica.network());
              replica.network().value().gradient().assign(replica.network().worker());
              return replica.network().value().value().getFloat(0);
            });
    // Then
    assertThat(values).containsOnly(7f);
    assertThat(networks).extracting(Weight::worker).containsExactlyInAnyOrder(0, 1, 2);
    for (Weight network : networks) {
      assertThatArray(network.value().gradient())
          .isEqualToArray(Nd4j.createFromArray((float) network.worker()));
    }
  }

  @Test
  void results_are_in_the_order_of_the_parts() {
    assertThat(replicas.map(50, (replica, part) -> part * part))
        .startsWith(0, 1, 4, 9)
        .endsWith(48 * 48, 49 * 49)
        .hasSize(50);
  }

  @Test
  void derived_networks_have_the_same_parameters() {
    // Given
    Replicas<Weight> derived = replicas.with(one -> new Weight(one.worker() + 10, one.value()));
    // When
    List<Integer> which = derived.map(20, (replica, part) -> replica.network().worker());
    // Then
    assertThat(which).isSubsetOf(10, 11, 12);
    assertThat(derived.vector()).isSameAs(replicas.vector());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
