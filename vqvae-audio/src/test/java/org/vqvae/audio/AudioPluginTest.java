package org.vqvae.audio;

import org.vqvae.core.plugin.VqvaePlugin;
import org.vqvae.core.testing.PluginContract;

class AudioPluginTest extends PluginContract {
  @Override
  protected VqvaePlugin plugin() {
    return new AudioPlugin();
  }
}
