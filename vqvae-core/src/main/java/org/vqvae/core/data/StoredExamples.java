package org.vqvae.core.data;

/** Examples that are kept in memory. */
public interface StoredExamples extends Examples {

  /** Adds all that is kept of an example, labels apart. */
  void digest(int index, ContentDigest digest);
}
