package org.vqvae.core.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.store.Json;
import org.vqvae.core.store.JsonFields;

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
    fields.put("medium", spec.medium().name().toLowerCase(Locale.ROOT));
    fields.put("grid", IntStream.of(spec.grid().sizes()).boxed().toList());
    fields.put("channels", spec.channels());
    fields.put("classes", spec.classes());
    fields.put("sample-rate", spec.sampleRate());
    fields.put("variance", Double.toString(variance));
    fields.put("fingerprint", fingerprint);
    return Json.compact(fields);
  }

  static TrainedData parse(String json, String where) {
    JsonFields fields = Json.parseObject(json, where);
    long[] sizes = fields.integers("grid", 1);
    DataSpec spec =
        new DataSpec(
            DataSpec.Medium.valueOf(fields.text("medium").toUpperCase(Locale.ROOT)),
            new Grid(IntStream.range(0, sizes.length).map(i -> (int) sizes[i]).toArray()),
            (int) fields.integer("channels", 1, Integer.MAX_VALUE),
            fields.get("classes") instanceof List<?> classes
                ? classes.stream().map(String::valueOf).toList()
                : List.of(),
            sampleRate(fields));
    return new TrainedData(
        spec, Double.parseDouble(fields.text("variance")), fields.text("fingerprint"));
  }

  /** Runs that are older than sound do not say it. */
  private static int sampleRate(JsonFields fields) {
    return fields.get("sample-rate") == null
        ? 0
        : (int) fields.integer("sample-rate", 0, Integer.MAX_VALUE);
  }
}
