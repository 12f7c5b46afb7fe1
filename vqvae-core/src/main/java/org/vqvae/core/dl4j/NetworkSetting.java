package org.vqvae.core.dl4j;

import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.Activation;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.store.StoreException;

/**
 * The settings {@code network}, a file, and what a run keeps of it: {@code configuration}, its
 * JSON, and {@code weights}, a digest. Once its training has begun, a run needs the file no more.
 */
final class NetworkSetting {
  private NetworkSetting() {}

  static Dl4jNetwork read(ConfigReader in) {
    Path file = in.path("network");
    String kept = in.text("configuration");
    String digest = in.text("weights");
    try {
      if (kept.startsWith("{")) {
        return Dl4jNetwork.ofKept(kept, file, digest);
      }
      Dl4jNetwork network = Dl4jNetwork.ofFile(file);
      in.resolve("configuration", network.json());
      in.resolve("weights", network.weights().digest());
      return network;
    } catch (StoreException e) {
      in.problem(
          "network",
          "%s; a run that began with it goes on from its own config.resolved.conf"
              .formatted(e.getMessage()));
      return standIn();
    } catch (IncompatibleException e) {
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
