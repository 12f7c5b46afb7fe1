package product;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Parts;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;

/**
 * Product quantization (Jegou et al. 2011): the dimensions of a latent fall into groups, and each
 * group has a quantizer of its own.
 *
 * <p>{@code z_q = (group_1(z_1), ..., group_G(z_G))}. A row has the codes of all groups side by
 * side. Terms of one name are the mean over the dimensions of all groups.
 */
public final class ProductQuantizer implements Quantizer {
  private final List<Quantizer> groups = new ArrayList<>();

  /**
   * Its settings.
   *
   * @param groups the quantizers; each has as many dimensions of a latent as its codes
   */
  public record Settings(List<Chosen<Bottleneck>> groups) {
    static Settings read(ConfigReader in) {
      List<Chosen<Bottleneck>> groups = in.components(Bottleneck.class, "groups");
      if (groups.isEmpty()) {
        in.problem("groups", "a product of nothing: list at least one quantizer");
      }
      return new Settings(groups);
    }
  }

  @Inject
  public ProductQuantizer(Settings settings, Parts parts) {
    for (Chosen<Bottleneck> group : settings.groups) {
      if (!(parts.get(group) instanceof Quantizer quantizer)) {
        throw new IncompatibleException(
            "group %d (%s) of a product has no codes: choose a quantizer, such as ema"
                .formatted(groups.size() + 1, group.type()));
      }
      groups.add(quantizer);
    }
  }

  @Override
  public List<Integer> codebookSizes() {
    return groups.stream().flatMap(group -> group.codebookSizes().stream()).toList();
  }

  @Override
  public int codeDim() {
    return groups.stream().mapToInt(Quantizer::codeDim).sum();
  }

  @Override
  public List<Parameter> parameters() {
    return groups.stream().flatMap(group -> group.parameters().stream()).toList();
  }

  @Override
  public boolean isObserving() {
    return groups.stream().anyMatch(Quantizer::isObserving);
  }

  @Override
  public void observe(INDArray latents) {
    List<INDArray> columns = split(latents);
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).isObserving()) {
        groups.get(i).observe(columns.get(i));
      }
    }
  }

  @Override
  public Bottled apply(INDArray latents, Phase phase) {
    List<INDArray> columns = split(latents);
    List<Bottled> parts =
        IntStream.range(0, groups.size())
            .mapToObj(i -> groups.get(i).apply(columns.get(i), phase))
            .toList();
    return new Bottled(
        join(i -> parts.get(i).values()),
        codes(parts),
        terms(parts),
        (gradient, weight) -> pullBack(parts, gradient, weight),
        Statistics.of(parts.stream().map(Bottled::statistics).toList()));
  }

  private INDArray pullBack(List<Bottled> parts, INDArray gradient, double weight) {
    List<INDArray> columns = split(gradient);
    return join(i -> parts.get(i).pullback().apply(columns.get(i), weight * share(i)));
  }

  @Override
  public void update(Statistics batch) {
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).update(batch.part(i));
    }
  }

  /** Groups whose codes are beyond the depth are zero. */
  @Override
  public INDArray lookup(int[] codes, int depth) {
    List<INDArray> vectors = new ArrayList<>();
    int first = 0;
    for (Quantizer group : groups) {
      int own = Math.min(group.codebookSizes().size(), depth - first);
      vectors.add(
          own > 0
              ? group.lookup(columns(codes, depth, first, own), own)
              : Nd4j.zeros(DataType.FLOAT, codes.length / depth, group.codeDim()));
      first += group.codebookSizes().size();
    }
    return join(vectors::get);
  }

  /** The codes of neighbouring codebooks, row after row. */
  private static int[] columns(int[] codes, int depth, int first, int count) {
    return IntStream.range(0, codes.length / depth * count)
        .map(i -> codes[i / count * depth + first + i % count])
        .toArray();
  }

  /** The dimensions of each group, {@code [N, ..., those of the group]}. */
  private List<INDArray> split(INDArray all) {
    float[] values = FloatArrays.read(all);
    List<INDArray> columns = new ArrayList<>();
    int from = 0;
    for (Quantizer group : groups) {
      int dim = group.codeDim();
      float[] own = new float[values.length / codeDim() * dim];
      for (int row = 0; row * dim < own.length; row++) {
        System.arraycopy(values, row * codeDim() + from, own, row * dim, dim);
      }
      long[] shape = all.shape().clone();
      shape[shape.length - 1] = dim;
      columns.add(FloatArrays.of(own, shape));
      from += dim;
    }
    return columns;
  }

  /** The rows of all groups, side by side. */
  private INDArray join(IntFunction<INDArray> rows) {
    return Nd4j.hstack(IntStream.range(0, groups.size()).mapToObj(rows).toArray(INDArray[]::new));
  }

  private int[] codes(List<Bottled> parts) {
    int rows = (int) parts.get(0).values().size(0);
    int[] codes = new int[rows * codebookSizes().size()];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (Bottled part : parts) {
        int own = part.codes().length / rows;
        System.arraycopy(part.codes(), row * own, codes, at, own);
        at += own;
      }
    }
    return codes;
  }

  private List<Term> terms(List<Bottled> parts) {
    Map<String, Term> byName = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      for (Term term : parts.get(i).terms()) {
        Term own = new Term(term.name(), term.unit(), share(i) * term.value(), term.weight());
        byName.merge(term.name(), own, ProductQuantizer::plus);
      }
    }
    return List.copyOf(byName.values());
  }

  /** The dimensions of a group, as a share of all. */
  private double share(int group) {
    return (double) groups.get(group).codeDim() / codeDim();
  }

  /** Two terms as one; if their weights differ, its value is in units of the larger one's. */
  private static Term plus(Term one, Term other) {
    double weight = Math.max(one.weight(), other.weight());
    double sum = one.weighted() + other.weighted();
    double value = weight > 0 ? sum / weight : one.value() + other.value();
    return new Term(one.name(), one.unit(), value, weight);
  }
}
