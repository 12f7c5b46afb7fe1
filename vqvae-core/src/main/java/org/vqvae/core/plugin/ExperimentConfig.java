package org.vqvae.core.plugin;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Medium;
import org.vqvae.core.Prior;
import org.vqvae.core.config.ExperimentSettings;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.ResultKey;

/**
 * An experiment, read and found right.
 *
 * @param components what it is made of: data, model, encoder, quantizer, decoder, prior
 * @param parts what its other settings chose: optimizers and schedules
 * @param baselines priors that the chosen one is compared with, in this order
 * @param media what the loaded modules bring along for each medium, by its name
 * @param resolved every setting with its value, defaults included; paths are absolute
 * @param nonDefault the components whose settings differ from their defaults: their types and those
 *     settings
 */
public record ExperimentConfig(
    ExperimentSettings settings,
    List<Selected<?>> components,
    List<Selected<?>> parts,
    List<Selected<Prior>> baselines,
    Map<String, MediumTools> media,
    ConfigObject resolved,
    ConfigObject nonDefault) {

  public ExperimentConfig {
    components = List.copyOf(components);
    parts = List.copyOf(parts);
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
    return tools(medium)
        .map(MediumTools::files)
        .orElseThrow(() -> new IncompatibleException(missing(medium)));
  }

  private String missing(Medium medium) {
    String others =
        media.isEmpty() ? "there are none" : "there are: " + String.join(", ", sortedMedia());
    return "no loaded module reads and writes files of medium \"%s\" (%s); add the one that does to the class path, such as vqvae-%s"
        .formatted(medium.name(), others, medium.name());
  }

  private List<String> sortedMedia() {
    return media.keySet().stream().sorted().toList();
  }

  /** What measures and shows examples of a medium; empty if no module does. */
  public Optional<Exhibits> exhibits(Medium medium) {
    return tools(medium).map(MediumTools::exhibits);
  }

  /** The keys of the figures that only a medium has; none if no module measures it. */
  public List<ResultKey> keys(Medium medium) {
    return tools(medium).map(MediumTools::keys).orElse(List.of());
  }

  private Optional<MediumTools> tools(Medium medium) {
    return Optional.ofNullable(media.get(medium.name()));
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
   * What decides what the components of some roles are, in a form that is compared and hashed: a
   * line for each role, with its type and the settings that differ from their defaults. A setting
   * or a part that is added to a component later leaves it as it was while it has its default; so a
   * default that was released is never changed.
   *
   * @param roles such as {@code quantizer}, in the order of the lines
   */
  public String identity(List<String> roles) {
    return roles.stream()
        .map(role -> role + " " + identity(role).render(ConfigRenderOptions.concise()))
        .collect(Collectors.joining("\n"));
  }

  private ConfigObject identity(String role) {
    if (nonDefault.get(role) instanceof ConfigObject differing) {
      return differing;
    }
    return components.stream()
        .filter(selected -> selected.path().equals(role))
        .findFirst()
        .map(selected -> ConfigValueFactory.fromMap(Map.of("type", selected.type())))
        .orElseThrow(() -> new IllegalArgumentException("an experiment has no " + role));
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
