package org.vqvae.core.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;

/**
 * A prior over the codes of several maps: one network for each map, conditioned on the codes of the
 * coarser maps before it, {@code p(z) = p(top) p(bottom | top)} (Razavi et al. 2019, <a
 * href="https://arxiv.org/abs/1906.00446">paper</a>, sec. 3.2).
 */
public final class PriorPerMap implements PriorNetwork {
  private final CodeShape shape;
  private final List<PriorNetwork> networks;

  private PriorPerMap(CodeShape shape, List<PriorNetwork> networks) {
    this.shape = shape;
    this.networks = List.copyOf(networks);
  }

  /**
   * Builds a prior's network for codes of one map, or a network for each of several maps.
   *
   * @param conditions of the coarsest map; finer maps have the codes of those before them as well
   * @param scope where the networks stand; each of several is in the child named after its map
   * @throws IncompatibleException if the prior cannot model the codes of one of the maps
   */
  public static PriorNetwork of(Prior prior, CodeShape codes, Conditions conditions, Scope scope) {
    int maps = codes.maps().size();
    if (maps == 1) {
      return prior.build(codes, conditions, scope);
    }
    if (conditions.coarser().isPresent()) {
      throw new IncompatibleException(
          "codes of several maps (%s) cannot be conditioned on codes of yet coarser maps (%s): put all maps into one shape"
              .formatted(codes, conditions.coarser().get()));
    }
    List<PriorNetwork> networks = new ArrayList<>();
    for (int map = 0; map < maps; map++) {
      Conditions known = map == 0 ? conditions : conditions.withCoarser(before(codes, map));
      networks.add(prior.build(codes.only(map), known, scope.child(codes.map(map).name())));
    }
    return new PriorPerMap(codes, networks);
  }

  /** The maps that are coarser than one. */
  private static CodeShape before(CodeShape shape, int map) {
    return new CodeShape(shape.maps().subList(0, map));
  }

  @Override
  public List<Parameter> parameters() {
    return networks.stream().flatMap(network -> network.parameters().stream()).toList();
  }

  @Override
  public void observe(Codes codes, Condition condition) {
    for (int map = 0; map < networks.size(); map++) {
      networks.get(map).observe(codes.map(map), known(codes, map, condition));
    }
  }

  @Override
  public Logits logits(Codes codes, Condition condition, Phase phase) {
    List<INDArray> tables = new ArrayList<>();
    for (int map = 0; map < networks.size(); map++) {
      Condition known = known(codes, map, condition);
      tables.addAll(networks.get(map).logits(codes.map(map), known, phase).tables());
    }
    return new Logits(tables);
  }

  /** The condition and the codes of the maps that are coarser than one. */
  private Condition known(Codes codes, int map, Condition condition) {
    if (map == 0) {
      return condition;
    }
    CodeShape coarser = before(shape, map);
    return condition.withCoarser(Codes.of(coarser, firstCodes(codes, coarser.codes())));
  }

  /** The first codes of every example. */
  private int[] firstCodes(Codes codes, int count) {
    int[] all = codes.values();
    int each = shape.codes();
    return IntStream.range(0, codes.examples() * count)
        .map(i -> all[i / count * each + i % count])
        .toArray();
  }

  @Override
  public void backward(Logits gradient) {
    int table = 0;
    for (int map = 0; map < networks.size(); map++) {
      int next = table + shape.map(map).depth();
      networks.get(map).backward(new Logits(gradient.tables().subList(table, next)));
      table = next;
    }
  }

  @Override
  public CodeStream stream(int examples, Condition condition) {
    return new Stream(examples, condition);
  }

  /** Map after map: a finer map's stream starts when the coarser maps have all their codes. */
  private final class Stream implements CodeStream {
    private final int examples;
    private final Condition condition;
    private final int[][] accepted;
    private int count;
    private int map;
    private CodeStream current;

    Stream(int examples, Condition condition) {
      this.examples = examples;
      this.condition = condition;
      accepted = new int[examples][shape.codes()];
      current = networks.get(0).stream(examples, condition);
    }

    @Override
    public float[] next() {
      startNextMap();
      return current.next();
    }

    @Override
    public void accept(int[] codes) {
      startNextMap();
      current.accept(codes);
      for (int n = 0; n < examples; n++) {
        accepted[n][count] = codes[n];
      }
      count++;
    }

    private void startNextMap() {
      if (map + 1 < networks.size() && count == shape.first(map + 1)) {
        map++;
        current = networks.get(map).stream(examples, condition.withCoarser(coarser()));
      }
    }

    private Codes coarser() {
      int[] known =
          Arrays.stream(accepted).flatMapToInt(codes -> Arrays.stream(codes, 0, count)).toArray();
      return Codes.of(before(shape, map), known);
    }
  }
}
