package org.vqvae.quantizers;

import org.vqvae.core.testing.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("org.vqvae.quantizers");
  }
}
