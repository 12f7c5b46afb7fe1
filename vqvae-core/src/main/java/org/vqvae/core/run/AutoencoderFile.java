package org.vqvae.core.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.store.Fingerprint;
import org.vqvae.core.store.NamedArrays;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.store.WeightsFile;

/**
 * A trained autoencoder's weights, with its identity and all that decoding needs to know of the
 * data.
 *
 * @param fingerprint see {@link Fingerprint}
 * @param architecture the settings that it was trained with
 * @param data the data's form
 */
public record AutoencoderFile(String fingerprint, Architecture architecture, TrainedData data) {
  private static final String FINGERPRINT = "fingerprint";
  private static final String IDENTITY = "identity";
  private static final String SETTINGS = "settings";
  private static final String DATA = "data";

  /** Writes the weights. */
  public static AutoencoderFile save(
      Path file, List<Parameter> parameters, Architecture architecture, TrainedData data) {
    Map<String, INDArray> arrays = NamedArrays.of(parameters);
    String fingerprint = Fingerprint.of(architecture.identity(), arrays);
    WeightsFile.write(
        file,
        arrays,
        Map.of(
            FINGERPRINT,
            fingerprint,
            IDENTITY,
            architecture.identity(),
            SETTINGS,
            architecture.resolved(),
            DATA,
            data.json()));
    return new AutoencoderFile(fingerprint, architecture, data);
  }

  /** What the file says of itself. */
  public static AutoencoderFile read(Path file) {
    Map<String, String> metadata = WeightsFile.read(file).metadata();
    String where = file.toString();
    return new AutoencoderFile(
        field(metadata, FINGERPRINT, where),
        new Architecture(field(metadata, IDENTITY, where), field(metadata, SETTINGS, where)),
        TrainedData.parse(field(metadata, DATA, where), where));
  }

  private static String field(Map<String, String> metadata, String name, String where) {
    String value = metadata.get(name);
    if (value == null) {
      throw new StoreException(where + ": not an autoencoder of this program; train it again");
    }
    return value;
  }

  /**
   * Copies the weights into a network.
   *
   * @param now the settings of the run's config
   * @throws StoreException if they are not this network's, or weights or settings were changed
   */
  public void load(Path file, List<Parameter> parameters, Architecture now) {
    architecture.checkSame(now, file.toString());
    NamedArrays.load(parameters, WeightsFile.read(file).arrays(), file.toString());
    String is = Fingerprint.of(architecture.identity(), NamedArrays.of(parameters));
    if (!is.equals(fingerprint)) {
      throw new StoreException(
          "%s: has the fingerprint %s but its content has %s: the weights were changed; train it again"
              .formatted(file, fingerprint, is));
    }
  }
}
