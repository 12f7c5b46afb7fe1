package product;

import org.vqvae.core.Bottleneck;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.VqvaePlugin;

/** Offers it to experiments. */
public final class ProductPlugin implements VqvaePlugin {
  @Override
  public String module() {
    return "product";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog.add(
        Bottleneck.class,
        "product",
        ProductQuantizer.class,
        ProductQuantizer.Settings.class,
        ProductQuantizer.Settings::read);
  }
}
