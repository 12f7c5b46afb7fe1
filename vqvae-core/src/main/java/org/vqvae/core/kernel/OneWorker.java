package org.vqvae.core.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The thread that calls, on its own.
 *
 * @param own its kernels; null: its work needs none
 */
record OneWorker(@Nullable Kernels own) implements Workers {

  @Override
  public int size() {
    return 1;
  }

  @Override
  public Kernels kernels(int worker) {
    if (own == null) {
      throw new IllegalStateException("this worker has no kernels");
    }
    return own;
  }

  @Override
  public void run(int parts, Part part) {
    Progress progress = new Progress(parts);
    for (int i = 0; i < parts; i++) {
      part.run(i, 0, progress);
    }
  }

  @Override
  public boolean areFree() {
    return true;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
