package org.vqvae.core.plugin;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.vqvae.core.config.ExperimentSettings;

/**
 * An experiment, read and found right.
 *
 * @param components what it is made of: data, encoder, quantizer, decoder, prior
 * @param baselines priors that the chosen one is compared with, in this order
 * @param resolved every setting with its value, defaults included; paths are absolute
 */
public record ExperimentConfig(
    ExperimentSettings settings,
    List<Selected<?>> components,
    List<Selected<?>> baselines,
    ConfigObject resolved) {

  public ExperimentConfig {
    components = List.copyOf(components);
    baselines = List.copyOf(baselines);
  }

  /** The component that was chosen for a role. */
  @SuppressWarnings("unchecked") // a Selected's role is its type argument
  public <T> Selected<T> selected(Class<T> role) {
    return (Selected<T>)
        components.stream()
            .filter(it -> it.role() == role)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("an experiment has no " + role.getSimpleName()));
  }

  /** The resolved config as JSON, which HOCON includes: loaded again, it gives this same config. */
  public String render() {
    return resolved.render(ConfigRenderOptions.concise().setFormatted(true));
  }

  /** Writes {@link #render()} to a file. */
  public void write(Path file) throws IOException {
    Files.writeString(file, render());
  }

  /**
   * A digest (SHA-256, hex) of the resolved config: two experiments share it if all of their
   * settings are the same.
   */
  public String fingerprint() {
    String canonical = resolved.render(ConfigRenderOptions.concise());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
