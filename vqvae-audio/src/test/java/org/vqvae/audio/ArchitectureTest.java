package org.vqvae.audio;

import org.vqvae.core.testing.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("org.vqvae.audio");
  }
}
