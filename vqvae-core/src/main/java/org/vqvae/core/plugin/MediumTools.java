package org.vqvae.core.plugin;

import java.util.List;
import org.vqvae.core.Medium;
import org.vqvae.core.data.MediaFiles;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.ResultKey;

/**
 * What a module brings along for a medium beside components.
 *
 * @param files reads and writes its examples
 * @param exhibits measures and shows them
 * @param keys of the figures that only this medium has
 */
public record MediumTools(
    Medium medium, MediaFiles files, Exhibits exhibits, List<ResultKey> keys) {

  public MediumTools {
    keys = List.copyOf(keys);
  }
}
