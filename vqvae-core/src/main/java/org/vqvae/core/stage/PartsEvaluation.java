package org.vqvae.core.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.Codes;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.nn.ModelNetwork;
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

  /** Measures a model with codes. */
  public static PartsEvaluation of(ModelNetwork network, Likelihood likelihood, Batches batches) {
    return new PartsEvaluation(levels(network, likelihood, batches), maps(network, batches));
  }

  private static List<Level> levels(ModelNetwork network, Likelihood likelihood, Batches batches) {
    int depth = network.codeShape().orElseThrow().depth();
    if (depth == 1) {
      return List.of();
    }
    List<AutoencoderEvaluation.Errors> errors = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      errors.add(new AutoencoderEvaluation.Errors(likelihood));
    }
    for (Batch batch : batches.inOrder()) {
      Codes codes = network.encode(batch.data());
      for (int i = 0; i < depth; i++) {
        Codes some = codes.truncated(i + 1);
        errors.get(i).add(network.score(some, batch.data(), batch.condition()).prediction(), batch);
      }
    }
    return errors.stream().map(each -> new Level(each.meanSquaredError(), each.nats())).toList();
  }

  private static Map<String, Double> maps(ModelNetwork network, Batches batches) {
    Map<String, Double> errors = new LinkedHashMap<>();
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
    INDArray error = decoded.sub(batch.data());
    return Transforms.pow(error, 2, false).sumNumber().doubleValue();
  }
}
