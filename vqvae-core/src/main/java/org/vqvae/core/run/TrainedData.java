package org.vqvae.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;
import org.vqvae.core.store.Json;
import org.vqvae.core.store.JsonFields;
import org.vqvae.core.store.StoreException;

/**
 * What an autoencoder knows of the data that it was trained on, so that it can decode without it.
 *
 * @param spec the examples' form
 * @param variance of all values of the training split
 * @param fingerprint of the data set
 */
public record TrainedData(DataSpec spec, double variance, String fingerprint) {

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("medium", spec.medium().name());
    fields.put("levels", spec.medium().levels());
    fields.put("grid", IntStream.of(spec.grid().sizes()).boxed().toList());
    fields.put("channels", spec.channels());
    fields.put("classes", spec.classes());
    fields.put("rate", Double.toString(spec.rate()));
    fields.put("variance", Double.toString(variance));
    fields.put("fingerprint", fingerprint);
    return Json.compact(fields);
  }

  static TrainedData parse(String json, String where) {
    JsonFields fields = Json.parseObject(json, where);
    long[] sizes = fields.integers("grid", 1);
    try {
      DataSpec spec =
          new DataSpec(
              new Medium(
                  fields.text("medium"), (int) fields.integer("levels", 1, Integer.MAX_VALUE)),
              new Grid(IntStream.range(0, sizes.length).map(i -> (int) sizes[i]).toArray()),
              (int) fields.integer("channels", 1, Integer.MAX_VALUE),
              fields.get("classes") instanceof List<?> classes
                  ? classes.stream().map(String::valueOf).toList()
                  : List.of(),
              Double.parseDouble(fields.text("rate")));
      return new TrainedData(
          spec, Double.parseDouble(fields.text("variance")), fields.text("fingerprint"));
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "%s: describes impossible data (%s); train it again".formatted(where, e.getMessage()), e);
    }
  }
}
