package org.vqvae.core.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.random.RandomStream;

/**
 * A model that is no longer trained and whose replicas share the examples that it encodes, decodes
 * or draws. Everything else is done by the first of them.
 */
public final class ParallelModel implements ModelNetwork {
  private final Replicas<ModelNetwork> replicas;
  private final ModelNetwork first;

  public ParallelModel(Replicas<ModelNetwork> replicas) {
    this.replicas = replicas;
    this.first = replicas.first();
  }

  private List<Cut.Range> cut(long examples) {
    return Cut.of(Math.toIntExact(examples), first.data().grid().positions());
  }

  @Override
  public Codes encode(INDArray x) {
    List<Cut.Range> ranges = cut(x.size(0));
    return Codes.concat(
        replicas.map(ranges.size(), (replica, i) -> replica.network().encode(ranges.get(i).of(x))));
  }

  @Override
  public INDArray decode(Codes codes, Condition condition, RandomStream random) {
    return drawn(
        codes.examples(),
        random,
        (network, range, own) -> network.decode(part(codes, range), part(condition, range), own));
  }

  @Override
  public INDArray reconstruct(INDArray x, Condition condition, RandomStream random) {
    return drawn(
        x.size(0),
        random,
        (network, range, own) -> network.reconstruct(range.of(x), part(condition, range), own));
  }

  @Override
  public INDArray draw(int examples, Condition condition, RandomStream random) {
    return drawn(
        examples,
        random,
        (network, range, own) -> network.draw(range.size(), part(condition, range), own));
  }

  /** Gives examples, by way of chance. */
  private interface Draw {
    INDArray of(ModelNetwork network, Cut.Range range, RandomStream random);
  }

  /** Each part draws from a stream of its own, so that the parts need no order. */
  private INDArray drawn(long examples, RandomStream random, Draw draw) {
    List<Cut.Range> ranges = cut(examples);
    List<RandomStream> streams = streams(ranges.size(), random);
    List<INDArray> parts =
        replicas.map(
            ranges.size(),
            (replica, i) -> draw.of(replica.network(), ranges.get(i), streams.get(i)));
    return join(parts);
  }

  @Override
  public Map<String, INDArray> decodeParts(Codes codes, Condition condition, RandomStream random) {
    List<Cut.Range> ranges = cut(codes.examples());
    List<RandomStream> streams = streams(ranges.size(), random);
    List<Map<String, INDArray>> parts =
        replicas.map(
            ranges.size(),
            (replica, i) ->
                replica
                    .network()
                    .decodeParts(
                        part(codes, ranges.get(i)),
                        part(condition, ranges.get(i)),
                        streams.get(i)));
    Map<String, INDArray> decoded = new LinkedHashMap<>();
    for (String name : parts.get(0).keySet()) {
      decoded.put(name, join(parts.stream().map(part -> part.get(name)).toList()));
    }
    return decoded;
  }

  private static List<RandomStream> streams(int count, RandomStream random) {
    List<RandomStream> streams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      streams.add(RandomStream.restore(random.nextLong()));
    }
    return streams;
  }

  private static INDArray join(List<INDArray> parts) {
    return parts.size() == 1 ? parts.get(0) : Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  private static Codes part(Codes codes, Cut.Range range) {
    return codes.examples(range.from(), range.to());
  }

  private static Condition part(Condition condition, Cut.Range range) {
    return condition.examples(range.from(), range.to());
  }

  @Override
  public ModelNetwork resized(Grid grid) {
    return new ParallelModel(replicas.with(network -> network.resized(grid)));
  }

  @Override
  public List<Parameter> parameters() {
    return first.parameters();
  }

  @Override
  public DataSpec data() {
    return first.data();
  }

  @Override
  public Likelihood likelihood() {
    return first.likelihood();
  }

  @Override
  public Optional<CodeShape> codeShape() {
    return first.codeShape();
  }

  @Override
  public int latentDim() {
    return first.latentDim();
  }

  @Override
  public int classes() {
    return first.classes();
  }

  @Override
  public boolean isObserving() {
    return first.isObserving();
  }

  @Override
  public void observe(INDArray x) {
    first.observe(x);
  }

  @Override
  public Pass forward(INDArray x, Condition condition, Phase phase) {
    return first.forward(x, condition, phase);
  }

  @Override
  public void backward() {
    first.backward();
  }

  @Override
  public void update(Statistics batch) {
    first.update(batch);
  }

  @Override
  public Map<String, Double> figures(Statistics set) {
    return first.figures(set);
  }

  @Override
  public Pass score(Codes codes, INDArray x, Condition condition) {
    return first.score(codes, x, condition);
  }

  @Override
  public boolean canDraw() {
    return first.canDraw();
  }

  @Override
  public Grid latentGrid() {
    return first.latentGrid();
  }

  @Override
  public int dataReach() {
    return first.dataReach();
  }

  @Override
  public int latentReach() {
    return first.latentReach();
  }
}
