package org.vqvae.core;

import org.vqvae.core.testing.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("org.vqvae.core");
  }
}
