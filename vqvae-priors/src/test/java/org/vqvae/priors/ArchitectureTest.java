package org.vqvae.priors;

import org.vqvae.core.testing.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("org.vqvae.priors");
  }
}
