package org.vqvae.core.dl4j;

import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.Activation;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.store.StoreException;

/**
 * The settings {@code network}, a file, and {@code configuration}, the JSON that a run keeps of it
 * so that it needs the file no more.
 */
final class NetworkSetting {
  private NetworkSetting() {}

  static Dl4jNetwork read(ConfigReader in) {
    Path file = in.path("network");
    String kept = in.text("configuration");
    try {
      Dl4jNetwork network =
          kept.startsWith("{") ? Dl4jNetwork.ofKept(kept, file) : Dl4jNetwork.ofFile(file);
      in.resolve("configuration", network.json());
      return network;
    } catch (IncompatibleException | StoreException e) {
      in.problem("network", String.valueOf(e.getMessage()));
      return standIn();
    }
  }

  /** The network that does nothing, with which reading goes on after a problem. */
  static Dl4jNetwork standIn() {
    return Dl4jNetwork.of(
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new ActivationLayer(Activation.IDENTITY))
            .build());
  }
}
