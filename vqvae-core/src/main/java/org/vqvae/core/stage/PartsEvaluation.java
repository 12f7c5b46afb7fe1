package org.vqvae.core.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Codes;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.ParallelModel;
import org.vqvae.core.nn.Pass;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;

/**
 * What parts of the codes alone are worth on a whole split.
 *
 * @param levels by the number of levels less one: the errors of p(x | the first levels of the
 *     codes), where a decoder that looks at the data is given the true data; empty where there is
 *     one level
 * @param maps by the name of the map: the mean squared error of what one map alone is decoded to;
 *     empty where there is one map
 */
public record PartsEvaluation(List<Level> levels, Map<String, Double> maps) {

  /**
   * The errors with the first levels alone.
   *
   * @param nats -ln p(x | codes) per value that is data
   */
  public record Level(double meanSquaredError, double nats) {}

  /**
   * Measures a model with codes.
   *
   * @param under makes the likelihood to measure with out of the network's own
   */
  public static PartsEvaluation of(
      Replicas<ModelNetwork> model, UnaryOperator<Likelihood> under, Batches batches) {
    return new PartsEvaluation(levels(model, under, batches), maps(model, batches));
  }

  private static List<Level> levels(
      Replicas<ModelNetwork> model, UnaryOperator<Likelihood> under, Batches batches) {
    int depth = model.first().codeShape().orElseThrow().depth();
    if (depth == 1) {
      return List.of();
    }
    List<Errors> sums = Stream.generate(Errors::new).limit(depth).toList();
    for (Batch batch : batches.inOrder()) {
      List<Cut.Range> ranges = Measured.cut(model, batch);
      List<List<Errors>> parts =
          model.map(
              ranges.size(),
              (replica, i) -> ofLevels(replica.network(), under, part(batch, ranges.get(i))));
      for (List<Errors> part : parts) {
        IntStream.range(0, depth).forEach(level -> sums.get(level).add(part.get(level)));
      }
    }
    return sums.stream().map(each -> new Level(each.meanSquaredError(), each.nats())).toList();
  }

  private static Batch part(Batch batch, Cut.Range range) {
    return batch.part(range.from(), range.to());
  }

  private static List<Errors> ofLevels(
      ModelNetwork network, UnaryOperator<Likelihood> under, Batch part) {
    Likelihood likelihood = under.apply(network.likelihood());
    Codes codes = network.encode(part.data());
    List<Errors> errors = new ArrayList<>();
    for (int levels = 1; levels <= codes.shape().depth(); levels++) {
      Pass pass = network.score(codes.truncated(levels), part.data(), part.condition());
      errors.add(Errors.of(likelihood, pass.prediction(), part));
    }
    return errors;
  }

  private static Map<String, Double> maps(Replicas<ModelNetwork> model, Batches batches) {
    Map<String, Double> errors = new LinkedHashMap<>();
    ModelNetwork network = new ParallelModel(model);
    if (network.codeShape().orElseThrow().maps().size() == 1) {
      return errors;
    }
    long values = 0;
    for (Batch batch : batches.inOrder()) {
      RandomStream random = RandomStream.of(0, "decoding/maps");
      network
          .decodeParts(network.encode(batch.data()), batch.condition(), random)
          .forEach((name, decoded) -> errors.merge(name, squares(decoded, batch), Double::sum));
      values += batch.data().length();
    }
    double all = values;
    errors.replaceAll((name, sum) -> sum / all);
    return errors;
  }

  private static double squares(INDArray decoded, Batch batch) {
    return FloatArrays.squaredSum(decoded.sub(batch.data()));
  }
}
