package org.vqvae.core.data;

import java.util.List;
import org.vqvae.core.Grid;
import org.vqvae.core.testing.DatasetContract;
import org.vqvae.core.testing.NumberedDataset;

class NumberedDatasetTest extends DatasetContract {

  @Override
  protected Dataset open() {
    return new NumberedDataset(new Grid(2, 3), 1, List.of("even", "odd"), 5, 0);
  }

  @Override
  protected Dataset openOther() {
    return new NumberedDataset(new Grid(2, 3), 1, List.of("even", "odd"), 5, 50);
  }
}
