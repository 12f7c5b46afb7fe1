package org.vqvae.image;

import org.vqvae.core.plugin.VqvaePlugin;
import org.vqvae.core.testing.PluginContract;

class ImagePluginTest extends PluginContract {
  @Override
  protected VqvaePlugin plugin() {
    return new ImagePlugin();
  }
}
