package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.util.Map;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.store.Fingerprint;
import org.vqvae.core.store.NamedArrays;
import org.vqvae.core.store.Safetensors;
import org.vqvae.core.store.StoreException;

/**
 * A trained autoencoder's weights, with its identity and all that decoding needs to know of the
 * data.
 *
 * @param fingerprint see {@link Fingerprint}
 * @param data the data's form
 */
record AutoencoderFile(String fingerprint, TrainedData data) {
  private static final String FINGERPRINT = "fingerprint";
  private static final String DATA = "data";

  /** Writes the weights. */
  static AutoencoderFile save(
      Path file, Autoencoder autoencoder, String architecture, TrainedData data) {
    Map<String, org.nd4j.linalg.api.ndarray.INDArray> arrays =
        NamedArrays.of(autoencoder.parameters());
    String fingerprint = Fingerprint.of(architecture, arrays);
    Safetensors.write(file, arrays, Map.of(FINGERPRINT, fingerprint, DATA, data.json()));
    return new AutoencoderFile(fingerprint, data);
  }

  /** What the file says of itself. */
  static AutoencoderFile read(Path file) {
    Map<String, String> metadata = Safetensors.read(file).metadata();
    String fingerprint = metadata.get(FINGERPRINT);
    String data = metadata.get(DATA);
    if (fingerprint == null || data == null) {
      throw new StoreException(file + ": not an autoencoder of this program; train it again");
    }
    return new AutoencoderFile(fingerprint, TrainedData.parse(data, file.toString()));
  }

  /**
   * Copies the weights into a network.
   *
   * @throws StoreException if they are not this network's, or were changed
   */
  void load(Path file, Autoencoder autoencoder, String architecture) {
    NamedArrays.load(autoencoder.parameters(), Safetensors.read(file).arrays(), file.toString());
    String is = Fingerprint.of(architecture, NamedArrays.of(autoencoder.parameters()));
    if (!is.equals(fingerprint)) {
      throw new StoreException(
          "%s: says it is autoencoder %s but is %s: weights or config were changed; train it again"
              .formatted(file, fingerprint, is));
    }
  }
}
