package example;

import org.vqvae.core.Bottleneck;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.VqvaePlugin;

/** Offers it to experiments. */
public final class RoundingPlugin implements VqvaePlugin {
  @Override
  public String module() {
    return "rounding";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog.add(
        Bottleneck.class,
        "rounding",
        RoundingQuantizer.class,
        RoundingQuantizer.Settings.class,
        RoundingQuantizer.Settings::read);
  }
}
