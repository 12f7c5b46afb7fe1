package org.vqvae.core.plugin;

import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.report.Exhibits;

/**
 * What a module brings along for a medium beside components.
 *
 * @param files reads and writes its examples
 * @param exhibits measures and shows them
 */
public record MediumTools(MediaFiles files, Exhibits exhibits) {

  public MediumTools {
    if (files.medium() != exhibits.medium()) {
      throw new IllegalArgumentException(
          "files are of %s but exhibits of %s".formatted(files.medium(), exhibits.medium()));
    }
  }
}
