package org.vqvae.image;

import org.vqvae.core.testing.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("org.vqvae.image");
  }
}
