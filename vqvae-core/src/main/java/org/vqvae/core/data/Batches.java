package org.vqvae.core.data;

import static org.nd4j.linalg.api.concurrency.AffinityManager.Location.HOST;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.random.RandomStream;

/**
 * The batches of one split: shuffled for training, in order for evaluation.
 *
 * <p>Which examples a training batch holds, and which crops of them, follows from the seed and the
 * step alone, see {@link EpochOrder}. All batches of one size share one array: use a batch, or copy
 * what is to be kept of it, before asking for the next. Not thread-safe.
 */
public final class Batches {
  private final DataSpec spec;
  private final Examples examples;
  private final int batchSize;
  private final long seed;
  private final String name;
  private final EpochOrder order;
  private final float[] values;
  private final Buffers buffers = new Buffers();

  /**
   * @param seed of the experiment
   */
  public Batches(Dataset dataset, Split split, int batchSize, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1 but was " + batchSize);
    }
    this.spec = dataset.spec();
    this.examples = dataset.examples(split);
    this.batchSize = batchSize;
    this.seed = seed;
    this.name = split.name().toLowerCase(Locale.ROOT);
    this.order = new EpochOrder(seed, "shuffle/" + name, examples.size());
    this.values = new float[Math.multiplyExact(batchSize, spec.values())];
  }

  /**
   * The training batch of a step, counted from 0; always full, as one epoch runs on into the next.
   */
  public Batch shuffled(long step) {
    RandomStream random = RandomStream.of(seed, "crop/" + name + "/" + step);
    return read(
        order.batch(step, batchSize),
        (index, offset) -> examples.readCrop(index, spec, random, values, offset));
  }

  /** How many batches {@link #inOrder()} has. */
  public int countInOrder() {
    return (examples.size() + batchSize - 1) / batchSize;
  }

  /** Every example once, in order; the last batch may be smaller. */
  public Iterable<Batch> inOrder() {
    return () -> IntStream.range(0, countInOrder()).mapToObj(this::inOrder).iterator();
  }

  private Batch inOrder(int number) {
    int first = number * batchSize;
    int end = Math.min(first + batchSize, examples.size());
    return read(
        IntStream.range(first, end).toArray(),
        (index, offset) -> {
          examples.read(index, values, offset);
          return examples.positions(index, spec);
        });
  }

  /** Writes an example to {@link #values} and says how many of its positions are data. */
  private interface Reader {
    int read(int index, int offset);
  }

  private Batch read(int[] indices, Reader reader) {
    int stride = spec.values();
    int[] positions = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      positions[i] = reader.read(indices[i], i * stride);
    }
    INDArray data = buffers.get("data", DataType.FLOAT, spec.batchShape(indices.length));
    new FloatPointer(data.data().pointer()).put(values, 0, indices.length * stride);
    Nd4j.getAffinityManager().tagLocation(data, HOST);
    return new Batch(data, condition(indices), indices, positions);
  }

  private Condition condition(int... indices) {
    return spec.classes().isEmpty()
        ? Condition.NONE
        : Condition.ofLabels(Arrays.stream(indices).map(examples::label).toArray());
  }
}
