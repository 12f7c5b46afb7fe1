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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vqvae.core.DataSpec.Medium;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.report.Exhibits;

/**
 * An experiment, read and found right.
 *
 * @param components what it is made of: data, encoder, quantizer, decoder, prior
 * @param baselines priors that the chosen one is compared with, in this order
 * @param media what the loaded modules bring along for each medium
 * @param resolved every setting with its value, defaults included; paths are absolute
 */
public record ExperimentConfig(
    ExperimentSettings settings,
    List<Selected<?>> components,
    List<Selected<?>> baselines,
    Map<Medium, MediumTools> media,
    ConfigObject resolved) {

  public ExperimentConfig {
    components = List.copyOf(components);
    baselines = List.copyOf(baselines);
    media = Map.copyOf(media);
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

  /**
   * What reads and writes files of a medium.
   *
   * @throws IncompatibleException if no module does
   */
  public MediaFiles files(Medium medium) {
    MediumTools found = media.get(medium);
    if (found == null) {
      String name = medium.name().toLowerCase(Locale.ROOT);
      throw new IncompatibleException(
          "no module on the class path reads and writes files of %s; add vqvae-%s, or one that does"
              .formatted(name, name));
    }
    return found.files();
  }

  /** What measures and shows examples of a medium; empty if no module does. */
  public Optional<Exhibits> exhibits(Medium medium) {
    return Optional.ofNullable(media.get(medium)).map(MediumTools::exhibits);
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
